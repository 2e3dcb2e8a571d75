import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AppInfo } from '../../domain/app-info';
import type { SellerActivity } from '../../domain/seller-calls';
import type { CertificateAndKey } from '../certificates';
import { answer, type CallBody } from './activities';
import { Books, type Instance } from './books';
import { createVerifier } from './protocol';
import { send } from './send';
import type { Script, Step } from './steps';

export type { Instance, Script, Step };

/** A call as the seller saw it. */
export interface SeenCall {
  activity: string;
  /** Epoch milliseconds. */
  at: number;
  body: CallBody;
  /** What it did: the step, or the result code with which it refused a call that is not genuine. */
  did: Step;
}

export interface SellerOptions {
  accessKey: string;
  /** For `localhost`, the host name of its `url`. */
  certificate: CertificateAndKey;
  /** Default: a free one. */
  port?: number;
  /** The address to listen on; default 127.0.0.1. */
  host?: string;
  /** What it does with the `newInstance` calls of an order, by `orderId`; default `open`. */
  scripts?: Readonly<Record<string, Script>>;
  /** What the buyer of a ready instance gets; null leaves it out, as domain.md 1.4 allows. */
  appInfo?: AppInfo | null;
  /** A JSON file that keeps instances and scripts over restarts; default none. */
  stateFile?: string;
}

export interface SimulatedSeller {
  /** The production URL. */
  url: string;
  /** All calls since it started, oldest first. Each one is also told as event `call`. */
  calls: readonly SeenCall[];
  events: EventEmitter<{ call: [SeenCall] }>;
  /** All instances ever made, also those of an earlier run with the same state file. */
  instances: readonly Instance[];
  /** From now on it does this with the calls of an order; the script begins at its first step. */
  script(orderId: string, steps: Script, activity?: SellerActivity): void;
  /** From now on calls must be signed with this key. */
  useKey(accessKey: string): void;
  /** Ends it, with all calls that hang. */
  close(): Promise<void>;
}

const APP_INFO: AppInfo = {
  frontEndUrl: 'https://app.seller.example/',
  adminUrl: 'https://app.seller.example/admin',
  userName: 'admin',
  password: 'initial-Passw0rd',
  memo: 'Change the password at the first login',
};

/** Starts a seller that speaks the production interface V2.0 over HTTPS and fails on order. */
export async function startSeller(options: SellerOptions): Promise<SimulatedSeller> {
  const { certificate, port = 0, host = '127.0.0.1', appInfo = APP_INFO } = options;
  const books = new Books(options.stateFile);
  const verify = createVerifier();
  const calls: SeenCall[] = [];
  const events = new EventEmitter<{ call: [SeenCall] }>();
  const scripts = new Map<string, Script>();
  const scriptKey = (activity: string, orderId: string) => `${activity}/${orderId}`;
  for (const [orderId, script] of Object.entries(options.scripts ?? {})) {
    scripts.set(scriptKey('newInstance', orderId), script);
  }
  let { accessKey } = options;

  /** Queries and releases name an instance; their scripts go by the order that it was made for. */
  function decide(activity: string, body: CallBody): Step {
    const instance =
      activity === 'newInstance' ? undefined : books.find((body['instanceId'] ?? '').split(',')[0] ?? '');
    const { orderId = '', orderLineId = '' } = instance ?? body;
    const script = scripts.get(scriptKey(activity, orderId)) ?? ['open'];
    return books.next(script, activity, orderId, orderLineId);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { searchParams } = new URL(request.url ?? '/', 'https://localhost');
    const body = JSON.parse(await text(request)) as CallBody;
    const activity = body['activity'] ?? '';
    const verdict = verify(accessKey, searchParams, body);
    const did = verdict === '000000' ? decide(activity, body) : verdict;
    const reply = answer(books, did, body, appInfo);
    books.save();
    const call = { activity, at: Date.now(), body, did };
    calls.push(call);
    events.emit('call', call);
    send(response, did, reply);
  }

  const server = createServer({ cert: certificate.certPem, key: certificate.keyPem }, (request, response) => {
    handle(request, response).catch(() => response.writeHead(400).end());
  });
  server.listen(port, host);
  await once(server, 'listening');

  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/produce`,
    calls,
    events,
    instances: books.instances,
    script(orderId, steps, activity = 'newInstance') {
      books.restart(activity, orderId);
      scripts.set(scriptKey(activity, orderId), steps);
    },
    useKey(key) {
      accessKey = key;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
