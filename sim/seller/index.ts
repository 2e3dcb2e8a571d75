import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AppInfo } from '../../domain/app-info';
import type { SellerActivity } from '../../domain/seller-calls';
import type { CertificateAndKey } from '../certificates';
import { answer, type CallBody } from './activities';
import type { Behaviour } from './behaviour';
import { Books, type Instance } from './books';
import { Decisions, type LineOutlook } from './decisions';
import { createVerifier } from './protocol';
import { send } from './send';
import type { Script, Step } from './steps';

export type { Behaviour, Instance, LineOutlook, Script, Step };

/** A call as the seller saw it. */
export interface SeenCall {
  activity: string;
  /** Epoch milliseconds. */
  at: number;
  body: CallBody;
  /** Whose it is, also of a call that names only an instance; empty when nobody knows. */
  orderId: string;
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
  /** A JSON file that keeps instances, calls, scripts and what it was told over restarts; default none. */
  stateFile?: string;
}

/** What its control page shows and changes. */
export interface SellerControl {
  /** From now on it does this with all calls of an order; without one, of those of which nothing else is said. */
  behave(behaviour: Behaviour, orderId?: string): void;
  /** What it does with the calls of orders of which nothing is said; `opens` at first. */
  readonly others: Behaviour;
  /** The order lines that it was called for, also in an earlier run, in the order of their first calls. */
  outlook(): readonly LineOutlook[];
}

export interface SimulatedSeller extends SellerControl {
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
  const decisions = new Decisions(books, options.scripts ?? {});
  let { accessKey } = options;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { searchParams } = new URL(request.url ?? '/', 'https://localhost');
    const body = JSON.parse(await text(request)) as CallBody;
    const activity = body['activity'] ?? '';
    const verdict = verify(accessKey, searchParams, body);
    const genuine = verdict === '000000';
    const about = decisions.about(activity, body);
    const did = genuine ? decisions.decide(activity, about) : verdict;
    const reply = answer(books, did, body, appInfo);
    const call = { activity, at: Date.now(), body, orderId: about.orderId, did };
    if (genuine) books.note(about.orderId, about.orderLineId, { activity, at: call.at, did });
    books.save();
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
    script: (orderId, steps, activity = 'newInstance') => decisions.script(orderId, steps, activity),
    behave: (behaviour, orderId) => decisions.behave(behaviour, orderId),
    get others() {
      return books.others;
    },
    outlook: () => decisions.outlook(),
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
