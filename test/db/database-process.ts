/**
 * A process that opens the database in the folder, or at the URL, of its first argument, and registers the
 * same order at its start and for each line of input, telling how it went.
 */
import { createInterface } from 'node:readline';
import { openDatabase } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { registerOrder } from '../../db/orders';
import { testKeys } from '../support/database';
import { sampleOrder } from './samples';

async function main(place = ''): Promise<void> {
  const { db } = await openDatabase(place.startsWith('postgres:') ? { url: place } : { folder: place });
  await migrate(db);
  const register = async (): Promise<void> => {
    console.log(await registerOrder(db, testKeys, sampleOrder(`O-${process.pid}`)));
  };
  await register();
  createInterface(process.stdin).on('line', () => void register());
}

void main(process.argv[2]);
