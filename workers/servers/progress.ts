const TERMINAL_MS = 1000;
const LOG_MS = 10_000;

/**
 * Shows on stderr that something takes its time: nothing at first, then the label with the elapsed
 * seconds, rewritten each second on a terminal and written every ten seconds into a log.
 *
 * @param quietMs work shorter than this says nothing. Default: a second.
 */
export async function withProgress<T>(label: string, work: () => Promise<T>, quietMs = 1000): Promise<T> {
  const { stderr } = process;
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const show = (state: string, end = '\n') =>
    stderr.write(`${stderr.isTTY ? '\r\x1b[K' : ''}${label}${state}${end}`);

  let next = began + quietMs;
  let lines = 0;
  const timer = setInterval(() => {
    if (Date.now() < next) return;
    next += stderr.isTTY ? TERMINAL_MS : LOG_MS;
    lines++;
    show(` … ${seconds()}`, stderr.isTTY ? '' : '\n');
  }, 100);
  try {
    const result = await work();
    if (lines > 0) show(`: done in ${seconds()}`);
    return result;
  } catch (error) {
    if (lines > 0) show(`: failed after ${seconds()}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
