import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Milliseconds that running requests have to end: a command waits 10 s for a worker. */
const GRACE = 12_000;

/**
 * Keeps connections from holding up the end. When the app closes, those without a running request end at
 * once: Node itself waits for one that has sent nothing yet, or half a request. The others end with
 * their answer, or after 12 s.
 */
export function closeConnectionsInTime(app: FastifyInstance): void {
  const running = new Map<Socket, number>();
  let closing = false;

  const change = (socket: Socket, by: 1 | -1): void => {
    const requests = (running.get(socket) ?? 0) + by;
    if (!socket.destroyed) running.set(socket, requests);
    if (closing && requests === 0) socket.destroySoon();
  };
  app.server.on('connection', (socket) => {
    running.set(socket, 0);
    socket.once('close', () => running.delete(socket));
  });
  app.server.on('request', ({ socket }, response) => {
    change(socket, 1);
    response.once('close', () => change(socket, -1));
  });
  app.addHook('preClose', (done) => {
    closing = true;
    for (const [socket, requests] of running) if (requests === 0) socket.destroy();
    const late = setTimeout(() => app.server.closeAllConnections(), GRACE);
    app.server.once('close', () => clearTimeout(late));
    done();
  });
}
