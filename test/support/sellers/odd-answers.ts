import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Answers every request with this, as JSON with HTTP 200 unless said otherwise. */
export function answering(body: unknown, headers: OutgoingHttpHeaders = {}, status = 200): RequestListener {
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return whenRead((response) => response.writeHead(status, { ...JSON_TYPE, ...headers }).end(bytes));
}

/** 100 MiB of zeros in 100 KiB. */
export const gzipBomb = answering(gzipSync(Buffer.alloc(100 * 1024 * 1024)), { 'content-encoding': 'gzip' });

/** Sends as long as anyone takes it. */
export const endlessBody = whenRead((response) => {
  response.writeHead(200, JSON_TYPE);
  const chunk = Buffer.alloc(16 * 1024, ' ');
  const pump = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', pump);
  pump();
});

/** One byte now and then, for ever. */
export const drippingBody = whenRead((response) => {
  response.writeHead(200, JSON_TYPE);
  const timer = setInterval(() => response.write(' '), 20);
  response.once('close', () => clearInterval(timer));
});

/** The first bytes of the status line, then one more now and then: no header ever ends. */
export const drippingHead = whenRead((response) => {
  response.socket?.write('HTTP/1.1 200 OK\r\nx-filler: ');
  const timer = setInterval(() => response.socket?.write('x'), 20);
  response.socket?.once('close', () => clearInterval(timer));
});

export const hanging = whenRead(() => undefined);

export const resetting = whenRead((response) => response.socket?.destroy());

/** Announces more than it sends, then hangs up. */
export const cutOff = whenRead((response) => {
  response.writeHead(200, { ...JSON_TYPE, 'content-length': 100 });
  response.write('{"resultCode":', () => response.socket?.destroy());
});

export const notHttp = whenRead((response) => response.socket?.end('220 mail.example ESMTP ready\r\n'));

/** 300 KiB of headers. */
export const hugeHeaders = whenRead((response) => {
  response.writeHead(200, { ...JSON_TYPE, 'x-filler': 'x'.repeat(300 * 1024) }).end('{}');
});

/** Acts after the whole request has arrived, so that it certainly reached the seller. */
function whenRead(act: (response: ServerResponse) => unknown): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    request.resume().once('end', () => act(response));
  };
}
