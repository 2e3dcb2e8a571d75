import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { PlatformEvent, RefundRequest } from '../../domain/events';
import { Ledger } from './ledger';
import { send } from './send';
import { player } from '../player';
import type { Script, Step } from './steps';

export type { Script, Step };

type Path = '/refunds' | '/events';

/** A request as the platform saw it. */
export interface SeenRequest {
  path: Path;
  /** `webhook-id`: the refund's or the event's id. */
  id: string;
  orderId: string;
  /** Epoch milliseconds. */
  at: number;
  did: Step;
}

export interface PlatformOptions {
  /** The Standard Webhooks secret (`whsec_…`) that it shares with Steward; others get 401. */
  secret: string;
  /** Default: a free one. */
  port?: number;
  /** A JSON file that keeps what it took over restarts; default none. */
  stateFile?: string;
}

export interface SimulatedPlatform {
  /** The `PLATFORM_URL`; plain http on loopback. */
  url: string;
  /** All refunds it ever took, each id once, also those of an earlier run with the same state file. */
  refunds: readonly RefundRequest[];
  /** The same of events. */
  events: readonly PlatformEvent[];
  /** All genuine requests since it started, oldest first. Each is also told as `request` of `seen`. */
  requests: readonly SeenRequest[];
  seen: EventEmitter<{ request: [SeenRequest] }>;
  /** From now on it does this with requests to a path, or only with those about one order; default `take`. */
  behave: (path: Path, script: Script, orderId?: string) => void;
  /** From now on requests must be signed with this secret. */
  useSecret: (secret: string) => void;
  /** Ends it, with all requests that hang. */
  close: () => Promise<void>;
}

/** Starts a platform that takes refunds and events as design §5 says, and fails on order. */
export async function startPlatform(options: PlatformOptions): Promise<SimulatedPlatform> {
  let webhook = new Webhook(options.secret);
  const ledger = new Ledger(options.stateFile);
  const requests: SeenRequest[] = [];
  const seen = new EventEmitter<{ request: [SeenRequest] }>();
  const scripts = new Map<string, () => Step>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url;
    if (request.method !== 'POST' || (path !== '/refunds' && path !== '/events')) return send(response, 404);
    const body = await text(request);
    const content = verified(webhook, body, request.headers as Record<string, string>);
    if (!content) return send(response, 401);
    const id = String(request.headers['webhook-id']);
    const { orderId } = content;
    const step = (scripts.get(`${path} ${orderId}`) ?? scripts.get(path))?.() ?? 'take';
    const status = step.startsWith('take') ? ledger.take(path, id, content) : 200;
    const one: SeenRequest = { path, id, orderId, at: Date.now(), did: step };
    requests.push(one);
    seen.emit('request', one);
    // What was taken before is said so: a fault after taking comes once.
    send(response, status === 200 ? step : status);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refunds: ledger.refunds,
    events: ledger.events,
    requests,
    seen,
    behave(path, script, orderId) {
      scripts.set(orderId === undefined ? path : `${path} ${orderId}`, player(script));
    },
    useSecret(secret) {
      webhook = new Webhook(secret);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function verified(webhook: Webhook, body: string, headers: Record<string, string>) {
  try {
    return webhook.verify(body, headers) as RefundRequest | PlatformEvent;
  } catch {
    return undefined;
  }
}
