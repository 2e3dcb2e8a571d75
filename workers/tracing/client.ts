import { SpanKind, type Attributes, type Tracer } from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { inSpan, withTrace } from './span';

/** A span for each start and update of a workflow, whose trace goes on in the workflow. */
export function traceClient(tracer: Tracer): WorkflowClientInterceptor {
  const asking = <T>(name: string, workflowId: string, part: () => Promise<T>): Promise<T> => {
    const attributes: Attributes = { temporalWorkflowId: workflowId };
    return inSpan({ tracer, name, kind: SpanKind.CLIENT, attributes }, part);
  };
  return {
    startUpdateWithStart: (input, next) =>
      asking(`UpdateWithStartWorkflow:${input.updateName}`, input.workflowStartOptions.workflowId, () =>
        next({
          ...input,
          workflowStartHeaders: withTrace(input.workflowStartHeaders),
          updateHeaders: withTrace(input.updateHeaders),
        }),
      ),
    startUpdate: (input, next) =>
      asking(`StartWorkflowUpdate:${input.updateName}`, input.workflowExecution.workflowId, () =>
        next({ ...input, headers: withTrace(input.headers) }),
      ),
  };
}
