import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CertificateAndKey } from '../certificates';
import { answerTo, refusal } from './answer';
import { Parcels } from './parcels';
import { readQuestion, type Account } from './protocol';
import { push, type Pushed, type PushTarget } from './push';
import { send } from './send';
import type { Script, Step } from './steps';

export type { Pushed, PushTarget, Script, Step };

/** A question as the carrier saw it. */
export interface SeenQuestion {
  /** Empty when it was not genuine. */
  carrier: string;
  trackingNumber: string;
  /** Epoch milliseconds. */
  at: number;
  /** What it did: the step, or the return code with which it refused. */
  did: Step;
}

export interface CarrierOptions extends Account {
  /** For `localhost`, the host name of its `url`. */
  certificate: CertificateAndKey;
  /** Default: a free one. */
  port?: number;
  /** What it says of parcels, by tracking number. */
  scripts?: Readonly<Record<string, Script>>;
  /** What it says of all others; default `unknown`. */
  others?: Script;
  /** Whose parcels are for one phone only, by tracking number: 408 for another. */
  phones?: Readonly<Record<string, string>>;
  /** A JSON file that keeps how far scripts went over restarts; default none. */
  stateFile?: string;
}

export interface SimulatedCarrier extends Account {
  /** The `KUAIDI100_URL`. */
  url: string;
  /** All questions since it started, oldest first. Each is also told as `question` of `seen`. */
  questions: readonly SeenQuestion[];
  seen: EventEmitter<{ question: [SeenQuestion] }>;
  /** From now on it says this of a parcel, to this phone only if one is given. */
  script(trackingNumber: string, steps: Script, phone?: string): void;
  /** Tells Steward of a parcel unasked, whatever its script says. */
  push(to: PushTarget, event: Pushed, idempotencyKey?: string): Promise<{ status: number; body: unknown }>;
  /** Ends it, with all questions that hang. */
  close(): Promise<void>;
}

/** Starts a Kuaidi100 that answers the real-time query over HTTPS as it is published, and fails on order. */
export async function startCarrier(options: CarrierOptions): Promise<SimulatedCarrier> {
  const { certificate, customer, key, port = 0 } = options;
  const parcels = new Parcels(options.scripts ?? {}, options.others ?? ['unknown'], options.stateFile);
  const phones = new Map(Object.entries(options.phones ?? {}));
  const questions: SeenQuestion[] = [];
  const seen = new EventEmitter<{ question: [SeenQuestion] }>();

  function note(question: SeenQuestion): void {
    questions.push(question);
    seen.emit('question', question);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const question = readQuestion(form, { customer, key });
    if (typeof question === 'string') {
      const did = question as Step;
      note({ carrier: '', trackingNumber: '', at: Date.now(), did });
      return send(response, did, refusal(question));
    }
    const { com: carrier, num: trackingNumber, phone } = question;
    const { step, since } = parcels.ask(trackingNumber);
    const did = isFor(phones.get(trackingNumber), phone) ? step : 'phone-mismatch';
    note({ carrier, trackingNumber, at: Date.now(), did });
    send(response, did, answerTo(question, did, since));
  }

  const server = createServer({ cert: certificate.certPem, key: certificate.keyPem }, (request, response) => {
    handle(request, response).catch(() => response.writeHead(400).end());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/poll/query.do`,
    customer,
    key,
    questions,
    seen,
    script(trackingNumber, steps, phone) {
      parcels.script(trackingNumber, steps);
      if (phone === undefined) phones.delete(trackingNumber);
      else phones.set(trackingNumber, phone);
    },
    push,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Carriers compare the last four digits. */
function isFor(expected: string | undefined, phone: string): boolean {
  return expected === undefined || phone.slice(-4) === expected.slice(-4);
}
