import { EventEmitter, once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { player } from '../player';
import { codeAt, type Script, type Step } from './steps';
import { MailStore, type Email, type KeptMail } from './store';

export type { Email, KeptMail, Script, Step };

export interface MailboxOptions {
  /** Where the `.eml` files are kept, over restarts too. */
  folder: string;
  /** Default: a free one. */
  port?: number;
}

/** A mail server on loopback that takes whatever it is sent, delivers nothing, and fails on order. */
export interface Mailbox {
  /** The `SMTP_URL`; without TLS and login. */
  url: string;
  /** All mails it ever took, in the order in which they first came. Each arrival is told as `mail` of `seen`. */
  mails: readonly KeptMail[];
  seen: EventEmitter<{ mail: [KeptMail] }>;
  /** Headers and parts of a mail as it came the n-th time, by default the first; undefined if it did not. */
  read: (id: string, n?: number) => Promise<Email | undefined>;
  /** From now on it does this with all mails, or only with those to one address; default `take`. */
  behave: (script: Script, address?: string) => void;
  /** Refuses connections, until `comeBack`. */
  goDown: () => Promise<void>;
  /** Listens again, on the same port. */
  comeBack: () => Promise<void>;
  /** Ends it, with all that hangs. */
  close: () => Promise<void>;
}

/** What a mail may be at most; the largest of Steward's has some kilobytes. */
const LARGEST = 1024 * 1024;

/** Starts a mailbox on 127.0.0.1. */
export async function startMailbox({ folder, port = 0 }: MailboxOptions): Promise<Mailbox> {
  const store = await MailStore.open(folder);
  const seen = new EventEmitter<{ mail: [KeptMail] }>();
  const scripts = new Map<string | undefined, () => Step>();
  const nextStep = (address: string): Step => (scripts.get(address) ?? scripts.get(undefined))?.() ?? 'take';
  const handlers = handlersOf(nextStep, async (raw) => {
    seen.emit('mail', await store.add(raw));
  });
  let server = await listen(handlers, port);
  const { port: listening } = server.address;

  return {
    url: `smtp://127.0.0.1:${listening}`,
    mails: store.mails,
    seen,
    read: (id, n) => store.read(id, n),
    behave(script, address) {
      scripts.set(address, player(script));
    },
    goDown: () => server.close(),
    async comeBack() {
      server = await listen(handlers, listening);
    },
    close: () => server.close(),
  };
}

type Sockets = Map<number, Socket>;
type Handlers = (sockets: Sockets) => SMTPServerOptions;

/** What to do with a mail is decided when its recipient is named. */
function handlersOf(nextStep: (address: string) => Step, keep: (raw: Buffer) => Promise<void>): Handlers {
  return (sockets) => {
    const steps = new Map<string, Step>();
    const cut = ({ remotePort }: SMTPServerSession): void => void sockets.get(remotePort)?.destroy();
    return {
      onRcptTo({ address }, session, answer) {
        const step = nextStep(address);
        steps.set(session.id, step);
        const code = codeAt('rcpt', step);
        if (code !== undefined) answer(refusal(code, address));
        else if (step === 'reset') cut(session);
        else if (step !== 'hang') answer();
      },
      onData(stream, session, answer) {
        const step = steps.get(session.id) ?? 'take';
        const [{ address } = { address: '' }] = session.envelope.rcptTo;
        const code = codeAt('data', step);
        const done = async (): Promise<void> => {
          const raw = await buffer(stream);
          if (code !== undefined) return answer(refusal(code, address));
          await keep(raw);
          if (step === 'take') answer();
          else if (step === 'take-reset') cut(session);
        };
        done().catch((error: unknown) => answer(error as Error));
      },
      onClose: ({ id }) => void steps.delete(id),
    };
  };
}

/** Real servers name the address too. */
function refusal(code: number, address: string): Error {
  const message = `${Math.floor(code / 100)}.1.1 <${address}>: told to say so`;
  return Object.assign(new Error(message), { responseCode: code });
}

async function listen(handlers: Handlers, port: number) {
  const sockets: Sockets = new Map();
  const smtp = new SMTPServer({
    ...handlers(sockets),
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    rejectOversized: true,
  });
  // A client that goes away in the middle is what tests and kills do.
  smtp.on('error', () => undefined);
  const server = smtp.listen(port, '127.0.0.1');
  server.on('connection', (socket: Socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  await once(server, 'listening');
  return {
    address: server.address() as AddressInfo,
    async close() {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets.values()) socket.destroy();
      await once(server, 'close');
    },
  };
}
