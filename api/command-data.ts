import type { RegisteredLine } from '../db/order-lines';
import { dropRecipient, stashRecipient } from '../db/recipients';
import { StewardError } from '../domain/errors';
import type { CommandBody } from '../domain/schemas/commands';
import { flowOf } from '../workflows/flows';
import type { GivenCommand } from './command';
import type { ApiContext } from './context';

/**
 * Gives a command with what of it reaches its line (`CommandData`): a new address stays in SQL, and the line gets its
 * id, which is the update's. So a repetition is the same address. One that the line refuses is forgotten, unless it
 * was kept before: then the same update may have been taken.
 */
export async function withData<Result>(
  { database, keyring }: Pick<ApiContext, 'database' | 'keyring'>,
  line: RegisteredLine,
  { command, data, updateId }: GivenCommand,
  give: (data: unknown) => Promise<Result>,
): Promise<Result> {
  if (command !== 'change-address') return give(data);
  const named = { addressId: updateId };
  // What is not shipped refuses it anyway.
  if (!flowOf(line.start.line.delivery).ships) return give(named);
  const address = data as CommandBody<'change-address'>;
  const isNew = await stashRecipient(database, keyring, line, updateId, address);
  try {
    return await give(named);
  } catch (error) {
    const isRefused = error instanceof StewardError && error.status < 500;
    if (isNew && isRefused) await dropRecipient(database, line, updateId);
    throw error;
  }
}
