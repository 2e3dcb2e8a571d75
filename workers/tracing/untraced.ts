import type { InjectedSinks } from '@temporalio/worker';
import type { TraceSinks } from '../../workflows/trace';

/**
 * Takes the spans of workflows in a worker without tracing: an order whose trigger was traced tells of itself all its
 * life, and Temporal logs an error for what nobody takes.
 */
export const UNTRACED: InjectedSinks<TraceSinks> = { spans: { ended: { fn: () => undefined } } };
