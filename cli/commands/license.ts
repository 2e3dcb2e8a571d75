import type { Command } from 'commander';
import { readText } from '../input';
import type { Io } from '../io';
import { clientOf, print } from '../session';
import { time } from '../table';

/** `steward license …`: what the seller's software does with a buyer's licence code (domain.md 2.4). */
export function licenseCommand(program: Command, io: Io): void {
  const license = program.command('license').description('Use a licence code, as the software of its seller');
  license
    .command('activate')
    .description('Activate the code that a buyer has claimed (role seller); once')
    .argument('<code>', CODE)
    .addHelpText('after', '\nExample:\n  steward license activate - < code.txt')
    .action(async (code: string, _options: unknown, command: Command) => {
      const answer = await clientOf(command, io).activateLicense(await readCode(code, io));
      print(command, io, answer, ({ orderLineId, activatedAt }) => {
        return `Order line ${orderLineId} was activated at ${time(activatedAt)}.`;
      });
    });
  license
    .command('heartbeat')
    .description('Tell that the software behind an activated code is in use (role seller)')
    .argument('<code>', CODE)
    .addHelpText('after', '\nExample:\n  steward license heartbeat - < code.txt')
    .action(async (code: string, _options: unknown, command: Command) => {
      const answer = await clientOf(command, io).licenseHeartbeat(await readCode(code, io));
      print(command, io, answer, ({ orderLineId, at }) => {
        return `Order line ${orderLineId} was in use at ${time(at)}.`;
      });
    });
}

const CODE = 'the licence code; - reads it from the standard input, so that no shell history keeps it';

async function readCode(code: string, io: Io): Promise<string> {
  return code === '-' ? (await readText('-', io)).trim() : code;
}
