import { propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';
import type { TraceSinks } from '../../workflows/trace';
import { inSpan, parentIn } from './span';

/** What a worker takes to take part in traces. */
export interface WorkerTracing {
  activity: ActivityInterceptorsFactory;
  sinks: InjectedSinks<TraceSinks>;
}

/**
 * A span for each attempt of an activity, and for what workflows tell of themselves.
 *
 * @param withSpanId starts a span under a given id
 */
export function traceWorker(
  tracer: Tracer,
  withSpanId: <T>(spanId: string, start: () => T) => T,
): WorkerTracing {
  return {
    activity: ({ info }) => ({
      inbound: {
        execute(input, next) {
          const parent = parentIn(input.headers);
          if (!parent) return next(input);
          const { activityType, attempt, workflowExecution: { workflowId = '', runId = '' } = {} } = info;
          const attributes = { temporalWorkflowId: workflowId, run_id: runId, attempt };
          const options = { tracer, name: `RunActivity:${activityType}`, kind: SpanKind.SERVER, attributes };
          return inSpan({ ...options, parent }, () => next(input));
        },
      },
    }),
    sinks: {
      spans: {
        ended: {
          fn({ workflowId, runId }, { name, spanId, parent, start, end, failed }) {
            const attributes = { temporalWorkflowId: workflowId, run_id: runId };
            const options = { startTime: start, kind: SpanKind.SERVER, attributes };
            const above = propagation.extract(ROOT_CONTEXT, parent.carrier);
            const span = withSpanId(spanId, () => tracer.startSpan(name, options, above));
            if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
            span.end(end);
          },
        },
      },
    },
  };
}
