import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/** Servers listen here only. */
export const LOOPBACK = '127.0.0.1';

/**
 * Below the ports that systems give to outgoing connections: one of those that was free a moment ago may be
 * some connection's when the server that it is meant for starts at last.
 */
const CHOICE = { from: 20_000, to: 32_000 };

/** A loopback port that nothing listens on now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(CHOICE.from, CHOICE.to);
    if (await isFree(port)) return port;
  }
}

/** Whether a server could listen on this loopback port now. */
export async function isFree(port: number): Promise<boolean> {
  return await listenOnce(port).then(
    () => true,
    () => false,
  );
}

/** Whether something accepts connections on this loopback port. */
export async function accepts(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, LOOPBACK);
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => settle(true)).on('error', () => settle(false));
  });
}

async function listenOnce(port: number): Promise<void> {
  return await new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.close(() => resolve());
    });
  });
}
