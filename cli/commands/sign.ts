import type { Command } from 'commander';
import { canonicalBody, hmac, parseBody, sign } from '../../activities/production/signature';
import { readText } from '../input';
import type { Io } from '../io';
import { print } from '../session';

interface SignOptions {
  key: string;
  nonce: string;
  timestamp: string;
  body: string;
}

/** `steward sign`: the signature of a V2.0 call, so that a seller can compare its own (domain.md 1.2). */
export function signCommand(program: Command, io: Io): void {
  program
    .command('sign')
    .description('Sign the body of a seller call')
    .requiredOption('--key <key>', "the seller's access key")
    .requiredOption('--nonce <nonce>')
    .requiredOption('--timestamp <ms>', 'epoch milliseconds')
    .requiredOption('--body <file>', 'JSON body; - reads the standard input')
    .addHelpText(
      'after',
      '\nExample:\n  steward sign --key KEY --nonce 7A31 --timestamp 1764000000000 --body body.json' +
        '\nWith --json it also tells the steps on the way: the canonical body and the inner hash.',
    )
    .action(async ({ key, nonce, timestamp, body: file }: SignOptions, command: Command) => {
      const body = await readText(file, io);
      const canonical = canonicalBody(parseBody(body));
      const result = {
        canonicalBody: canonical,
        innerHash: hmac(key, canonical).toString('hex'),
        signature: sign({ accessKey: key, nonce, timestamp, body }),
      };
      print(command, io, result, ({ signature }) => signature);
    });
}
