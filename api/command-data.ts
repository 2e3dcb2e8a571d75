import { stashRecipient } from '../db/recipients';
import type { LineKey } from '../db/order-lines';
import type { CommandBody } from '../domain/schemas/commands';
import type { GivenCommand } from './command';
import type { ApiContext } from './context';

/**
 * What of a command reaches its line (`CommandData`): a new address stays in SQL, whether the line then takes it or
 * not, and the line gets its id, which is the update's. So a repetition is the same address.
 */
export async function commandData(
  { database, keyring }: Pick<ApiContext, 'database' | 'keyring'>,
  line: LineKey,
  { command, data, updateId }: GivenCommand,
): Promise<unknown> {
  if (command !== 'change-address') return data;
  await stashRecipient(database, keyring, line, updateId, data as CommandBody<'change-address'>);
  return { addressId: updateId };
}
