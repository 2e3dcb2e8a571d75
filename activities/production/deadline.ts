/**
 * Runs a part that has `timeout` milliseconds and ends earlier when `cancelled` is aborted. The signal's
 * reason is a `TimeoutError`, as of `AbortSignal.timeout`, or the reason of the cancellation.
 *
 * `AbortSignal.any` over a timeout would be shorter, but Node 20 can collect a timeout signal that nothing
 * else refers to, and the part would have no end.
 */
export async function withDeadline<T>(
  timeout: number,
  cancelled: AbortSignal,
  part: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  cancelled.throwIfAborted();
  const controller = new AbortController();
  const expire = () => controller.abort(new DOMException('The time is over', 'TimeoutError'));
  const cancel = () => controller.abort(cancelled.reason);
  const timer = setTimeout(expire, timeout);
  cancelled.addEventListener('abort', cancel, { once: true });
  try {
    return await part(controller.signal);
  } finally {
    clearTimeout(timer);
    cancelled.removeEventListener('abort', cancel);
  }
}
