import {
  ContinueAsNew,
  currentUpdateInfo,
  defaultPayloadConverter,
  proxySinks,
  workflowInfo,
  type Headers,
  type WorkflowInterceptorsFactory,
} from '@temporalio/workflow';
import { childOf, traceOf, TRACE_HEADER, type Trace, type TraceSinks } from './trace';

/**
 * Carries a trace from whoever started or updated a workflow to its activities, in headers, and tells a span of each
 * run and each update. It is in every bundle, draws no random number, waits for nothing and commands nothing: a
 * history replays the same whether it was recorded with or without a trace.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  const { spans } = proxySinks<TraceSinks>();
  let run: Trace | undefined;
  const updates: Record<string, Trace> = {};

  /** Runs something as a span; the very promise of it comes back, so nothing happens later than without. */
  function span<T>(name: string, parent: Trace, here: Trace, part: () => Promise<T>): Promise<T> {
    const start = Date.now();
    const end = (failed: boolean): void =>
      spans.ended({ name, ...here, parent, start, end: Date.now(), failed });
    const result = part();
    result.then(
      () => end(false),
      (error: unknown) => end(!(error instanceof ContinueAsNew)),
    );
    return result;
  }

  /** Headers with what is running now as the parent of what is asked for. */
  const passOn = (headers: Headers): Headers => {
    const here = updates[currentUpdateInfo()?.id ?? ''] ?? run;
    return here ? { ...headers, [TRACE_HEADER]: defaultPayloadConverter.toPayload(here.carrier) } : headers;
  };

  return {
    inbound: [
      {
        execute(input, next) {
          const parent = traceOf(input.headers);
          if (!parent) return next(input);
          const { runId, workflowType } = workflowInfo();
          const here = (run = childOf(parent, runId));
          return span(`RunWorkflow:${workflowType}`, parent, here, () => next(input));
        },
        handleUpdate(input, next) {
          const parent = traceOf(input.headers);
          if (!parent) return next(input);
          const here = (updates[input.updateId] = childOf(parent, workflowInfo().runId + input.updateId));
          return span(`HandleUpdate:${input.name}`, parent, here, () => next(input));
        },
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next({ ...input, headers: passOn(input.headers) }),
        scheduleLocalActivity: (input, next) => next({ ...input, headers: passOn(input.headers) }),
        continueAsNew: (input, next) => next({ ...input, headers: passOn(input.headers) }),
      },
    ],
  };
};
