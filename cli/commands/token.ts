import { Option, type Command } from 'commander';
import { ROLES, type Role } from '../../domain/parties';
import type { Io } from '../io';
import { lazy } from '../lazy';
import { duration } from '../option-values';
import { print } from '../session';

interface TokenOptions {
  role: Role;
  party: string;
  ttl: number;
}

/** `steward token`: a bearer token for the API, signed with `JWT_SECRET` or the key of `steward up`. */
export function tokenCommand(program: Command, io: Io): void {
  program
    .command('token')
    .description('Make a bearer token for the API')
    .addOption(new Option('--role <role>', 'what its holder may do').choices(ROLES).makeOptionMandatory())
    .requiredOption('--party <id>', 'who its holder is: the id of a seller, a buyer, an operator …')
    .addOption(
      new Option('--ttl <duration>', 'until it expires: 90s, 30m, 1h, 7d')
        .default(3_600, '1h')
        .argParser(duration),
    )
    .addHelpText(
      'after',
      '\nIt is signed with JWT_SECRET, or with the key that "steward up" keeps in its state folder' +
        '\n(STEWARD_STATE, default .steward).' +
        '\n\nExample:\n  export STEWARD_TOKEN=$(steward token --role operator --party ops-1 --ttl 8h)',
    )
    .action(async ({ role, party, ttl }: TokenOptions, command: Command) => {
      const token = await lazy.issueToken().issueToken({ role, sub: party }, ttl, io.env);
      print(command, io, { token, role, party, expiresIn: ttl }, () => token);
    });
}
