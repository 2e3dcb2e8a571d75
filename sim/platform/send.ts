import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Step } from './steps';

/** Between two bytes of a dripping answer; short, so that several come within any request's time. */
const DRIP_MS = 50;

/** Sends a status with some words, or what the step does instead. */
export function send(response: ServerResponse, step: Step | number): void {
  const fault = typeof step === 'number' ? `http-${step}` : step.replace(/^take-/, '');
  const [, status] = /^http-(\d+)$/.exec(fault) ?? [];
  if (status !== undefined) answer(response, Number(status));
  else if (fault === 'take') answer(response, 200);
  else if (fault === 'redirect') response.writeHead(307, { location: '/events' }).end();
  else if (fault === 'reset') response.destroy();
  else if (fault === 'drip') drip(response);
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(STATUS_CODES[status]);
}

function drip(response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'text/plain' });
  const timer = setInterval(() => response.write(' '), DRIP_MS);
  response.once('close', () => clearInterval(timer));
}
