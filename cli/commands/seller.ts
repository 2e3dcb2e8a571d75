import { Option, type Command } from 'commander';
import type { SellerAnswer, SellerBody } from '../../client';
import { StewardError } from '../../domain/errors';
import { readText } from '../input';
import type { Io } from '../io';
import { clientOf, print } from '../session';
import { facts } from '../table';

interface SellerOptions extends Pick<SellerBody, 'name' | 'email' | 'language'> {
  accessKeyFile?: string;
}

/** `steward seller put ID`: registers a seller or changes it. */
export function sellerCommand(program: Command, io: Io): void {
  program
    .command('seller')
    .description('Register sellers')
    .command('put')
    .description('Register a seller or change it (role platform); a new access key signs from now on')
    .argument('<sellerId>')
    .requiredOption('--name <name>')
    .requiredOption('--email <address>', 'where Steward writes to')
    .addOption(new Option('--language <language>').choices(['zh', 'en']).makeOptionMandatory())
    .option(
      '--access-key-file <file>',
      'holds the key; - reads the standard input (default: STEWARD_ACCESS_KEY)',
    )
    .addHelpText(
      'after',
      '\nThe access key is no option: other users of the machine can read command lines.\n' +
        '\nExample:\n  steward seller put seller-1 --name "Example Ltd" --email ops@seller.example' +
        ' --language en --access-key-file key.txt',
    )
    .action(async (sellerId: string, { accessKeyFile, ...body }: SellerOptions, command: Command) => {
      const accessKey = await readAccessKey(accessKeyFile, io);
      const answer = await clientOf(command, io).putSeller(sellerId, { ...body, accessKey });
      print(command, io, answer, sellerText);
    });
}

/** Editors and `echo` end a file with a line break that is no part of the key. */
async function readAccessKey(file: string | undefined, io: Io): Promise<string> {
  const key = file === undefined ? io.env['STEWARD_ACCESS_KEY'] : (await readText(file, io)).trim();
  if (key) return key;
  const problems = 'the access key is missing: give it with --access-key-file, or in STEWARD_ACCESS_KEY';
  throw new StewardError('INVALID_REQUEST', { problems });
}

function sellerText({ sellerId, name, email, language }: SellerAnswer): string {
  return facts([
    ['Seller', sellerId],
    ['Name', name],
    ['E-mail', email],
    ['Language', language],
  ]);
}
