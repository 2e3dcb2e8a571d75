import type { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';

/** What a process has asked of its database. */
export interface SqlCount {
  statements: number;
  /** Transactions that wrote something: each is a write to disk that is waited for. */
  commits: number;
}

const WRITES = /^\s*(insert|update|delete)/i;

/** Counts what PGlite is asked from now on, by one who shares it with nobody. */
export function countPglite(client: PGlite): SqlCount {
  const count: SqlCount = { statements: 0, commits: 0 };
  const query = client.query.bind(client);
  const transaction = client.transaction.bind(client);
  client.query = (text, ...rest) => {
    count.statements += 1;
    if (WRITES.test(text)) count.commits += 1;
    return query(text, ...rest);
  };
  client.transaction = (work) => {
    let wrote = false;
    return transaction((tx) => {
      const inside = tx.query.bind(tx);
      tx.query = (text, ...rest) => {
        count.statements += 1;
        wrote ||= WRITES.test(text);
        return inside(text, ...rest);
      };
      return work(tx);
    }).finally(() => {
      if (wrote) count.commits += 1;
    });
  };
  return count;
}

/** Counts what this process asks of PostgreSQL from now on, over all its connections. */
export function countPostgres(): SqlCount {
  const count: SqlCount = { statements: 0, commits: 0 };
  // eslint-disable-next-line @typescript-eslint/unbound-method -- applied to the client that is asked
  const query = Client.prototype.query as (...args: unknown[]) => unknown;
  const open = new WeakMap<Client, { wrote: boolean }>();
  function counted(this: Client, ...args: unknown[]): unknown {
    const [first] = args;
    const text = typeof first === 'string' ? first : ((first as { text?: string }).text ?? '');
    const within = open.get(this);
    if (/^begin/i.test(text)) open.set(this, { wrote: false });
    else if (/^(commit|rollback)/i.test(text)) {
      if (within?.wrote) count.commits += 1;
      open.delete(this);
    } else {
      count.statements += 1;
      if (WRITES.test(text)) {
        if (within) within.wrote = true;
        else count.commits += 1;
      }
    }
    return query.apply(this, args);
  }
  Client.prototype.query = counted as typeof Client.prototype.query;
  return count;
}
