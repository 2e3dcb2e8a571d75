/**
 * How long a worker may take for one task of an order, a bundle, a bill or a certification before another worker gets it,
 * in ms: well below the ten seconds that a command waits for its answer. A killed one holds its workflows up for so long;
 * an overloaded one must not need it (docs/performance.md). Fixed when the workflow starts.
 */
export const WORKFLOW_TASK_TIMEOUT = 3_000;
