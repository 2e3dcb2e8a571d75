import { Client } from 'pg';
import { openDatabase } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { createTestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { steward } from './steward';

/** `steward ledger check` of a ledger that takes long to read; here somebody's lock holds it up. */

test('a check goes on where any other statement would be over its limit', async () => {
  const { url, drop } = await createTestDatabase();
  const { db, close } = await openDatabase({ url });
  await migrate(db);
  const session = new Client({ connectionString: url });
  await session.connect();
  await session.query('begin; lock table journal_postings in access exclusive mode');

  const checked = steward(['ledger', 'check'], { env: { DATABASE_URL: url } });
  // Not asked by the one that holds the lock: within a transaction this view stays as it was first seen.
  const longWaiting = async () =>
    (await db.execute(`select from pg_stat_activity where datname = current_database()
      and wait_event_type = 'Lock' and clock_timestamp() - query_start > interval '11 s'`)) as {
      rowCount: number;
    };
  await Promise.race([checked, eventually(longWaiting, ({ rowCount }) => rowCount === 1, 60_000)]);
  await session.query('rollback');
  expect(await checked).toMatchObject({ exitCode: 0, stderr: '' });
  await session.end();
  await close();
  await drop();
});
