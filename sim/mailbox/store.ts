import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';

export type { Email };

/** A mail, however often it came. */
export interface KeptMail {
  /** Names its page and its files: hexadecimal, made of the `Message-ID`. */
  id: string;
  messageId: string;
  to: string;
  subject: string;
  /** When it first came, epoch milliseconds. */
  at: number;
  /** How often this `Message-ID` came. */
  times: number;
}

const FILE = /^([0-9a-f]{32})-(\d+)\.eml$/;

/** The `.eml` files of a folder, a file for each arrival: `<id>-<n>.eml`, readable by their owner only. */
export class MailStore {
  /** In the order in which they first came. */
  readonly mails: KeptMail[] = [];

  private constructor(private readonly folder: string) {}

  /** Opens a folder with what earlier runs kept there. */
  static async open(folder: string): Promise<MailStore> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const store = new MailStore(folder);
    const files = readdirSync(folder)
      .filter((name) => FILE.test(name))
      .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
      .sort((a, b) => a.at - b.at);
    for (const { path, at } of files) store.list(await PostalMime.parse(readFileSync(path)), at);
    return store;
  }

  /** Keeps a mail as it came. It is on disk when this resolves. */
  async add(raw: Buffer): Promise<KeptMail> {
    const kept = this.list(await PostalMime.parse(raw), Date.now());
    writeFileSync(this.file(kept.id, kept.times), raw, { mode: 0o600, flag: 'wx' });
    return kept;
  }

  /** A mail as it came the n-th time; undefined for one that did not come so often. */
  async read(id: string, n = 1): Promise<Email | undefined> {
    const { times } = this.find(id) ?? { times: 0 };
    if (n < 1 || n > times) return undefined;
    return PostalMime.parse(readFileSync(this.file(id, n)));
  }

  private list({ messageId = '', subject = '', to = [] }: Email, at: number): KeptMail {
    const id = createHash('sha256').update(messageId).digest('hex').slice(0, 32);
    const before = this.find(id);
    if (before) {
      before.times += 1;
      return before;
    }
    const addresses = to.map(({ address, name }) => address ?? name).join(', ');
    const mail = { id, messageId, to: addresses, subject, at, times: 1 };
    this.mails.push(mail);
    return mail;
  }

  private find(id: string): KeptMail | undefined {
    return this.mails.find((mail) => mail.id === id);
  }

  private file(id: string, n: number): string {
    return join(this.folder, `${id}-${n}.eml`);
  }
}
