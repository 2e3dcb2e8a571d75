import type { ServerResponse } from 'node:http';
import type { Answer } from './activities';
import type { Step } from './steps';

/** Between two bytes of a dripping answer; short, so that several come within any call's time. */
const DRIP_MS = 50;

/** Sends the answer of the interface, or what the step does instead of it. */
export function send(response: ServerResponse, step: Step, answer: Answer): void {
  const [, status] = /^http-(\d+)$/.exec(step) ?? [];
  if (status !== undefined) response.writeHead(Number(status)).end();
  else if (step === 'reset') response.socket?.destroy();
  else if (step === 'drip') drip(response);
  else if (step !== 'hang' && step !== 'open-unanswered') {
    response
      .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(answer));
  }
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), DRIP_MS);
  response.once('close', () => clearInterval(timer));
}
