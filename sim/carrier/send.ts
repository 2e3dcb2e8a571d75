import type { ServerResponse } from 'node:http';
import type { Answer } from './answer';
import type { Step } from './steps';

/** Between two bytes of a dripping answer; short, so that several come within any question's time. */
const DRIP_MS = 50;

/** Sends the answer, declared as Kuaidi100 declares it, or what the step does instead of it. */
export function send(response: ServerResponse, step: Step, answer: Answer): void {
  const [, status] = /^http-(\d+)$/.exec(step) ?? [];
  if (status !== undefined) response.writeHead(Number(status)).end();
  else if (step === 'reset') response.socket?.destroy();
  else if (step === 'drip') drip(response);
  else if (step === 'html') html(response, '<html>系统维护中</html>');
  else if (step !== 'hang') html(response, JSON.stringify(answer));
}

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html;charset=UTF-8' }).end(body);
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html;charset=UTF-8' });
  const timer = setInterval(() => response.write(' '), DRIP_MS);
  response.once('close', () => clearInterval(timer));
}
