import type { Command } from 'commander';
import { explainSignature, type SignatureVerdict } from '../../activities/production/explain-signature';
import { readText } from '../input';
import type { Io } from '../io';
import { print } from '../session';
import { facts } from '../table';

interface VerifyOptions {
  key: string;
  nonce: string;
  timestamp: string;
  signature: string;
  body: string;
}

/** `steward verify`: whether a signature fits, and if not, which step of the algorithm differs. */
export function verifyCommand(program: Command, io: Io): void {
  program
    .command('verify')
    .description('Tell whether a signature fits and, if not, which step differs; exit code 1 if not')
    .requiredOption('--key <key>', "the seller's access key")
    .requiredOption('--nonce <nonce>')
    .requiredOption('--timestamp <ms>', 'epoch milliseconds, as it was signed')
    .requiredOption('--signature <hex>')
    .requiredOption('--body <file>', 'JSON body, exactly as it was signed; - reads the standard input')
    .addHelpText(
      'after',
      '\nExample:\n  steward verify --key KEY --nonce 7A31 --timestamp 1764000000000 --signature 9f0c… --body body.json',
    )
    .action(async ({ key, nonce, timestamp, signature, body: file }: VerifyOptions, command: Command) => {
      const body = await readText(file, io);
      const verdict = explainSignature({ accessKey: key, nonce, timestamp, signature, body });
      if (!verdict.fits) io.exitCode = 1;
      print(command, io, verdict, verdictText);
    });
}

function verdictText(verdict: SignatureVerdict): string {
  if (verdict.fits) return 'The signature fits.';
  const { expected, explanation } = verdict;
  return `The signature does not fit.\n${facts([
    ['Expected', expected],
    ['Differs', explanation],
  ])}`;
}
