/**
 * Dynamic configuration of the servers that Steward starts, key to JSON value; a cluster of your own should have it too
 * (docs/deployment.md). By default a server lets timers fire up to a second late, and sends a call that a task commands
 * over a queue, though the worker that answers the task has room for it.
 */
export const DYNAMIC_CONFIG = {
  'history.timerProcessorMaxTimeShift': '"10ms"',
  'system.enableActivityEagerExecution': 'true',
};
