import { Argument, Option, type Command } from 'commander';
import type { CertificationBody, CertificationCommand, KeyOptions } from '../../client';
import { CERTIFICATION_COMMAND_NAMES } from '../../domain/certification/machine';
import { SITES } from '../../domain/ledger/billing-day';
import type { Site } from '../../domain/schemas/order';
import { certificationText } from '../certification-text';
import { readData } from '../input';
import type { Io } from '../io';
import { clientOf, print } from '../session';

interface DoOptions extends KeyOptions {
  site: Site;
  data: string;
}

/** `steward certification …`: the business certification of sellers (商业信息认证). */
export function certificationCommand(program: Command, io: Io): void {
  const certification = program
    .command('certification')
    .description('Read and move the business certification of a seller');
  showCommand(certification, io);
  doCommand(certification, io);
}

function showCommand(certification: Command, io: Io): void {
  certification
    .command('show')
    .description('Show how a certification stands, whose move it is, and what was submitted')
    .argument('<sellerId>')
    .addOption(siteOption())
    .addHelpText('after', '\nExample:\n  steward certification show seller-1')
    .action(async (sellerId: string, { site }: { site: Site }, command: Command) => {
      print(command, io, await clientOf(command, io).certification(sellerId, site), certificationText);
    });
}

function doCommand(certification: Command, io: Io): void {
  certification
    .command('do')
    .description(
      'Give a command to a certification; "steward certification show" lists those that are possible',
    )
    .argument('<sellerId>')
    .addArgument(new Argument('<command>').choices(CERTIFICATION_COMMAND_NAMES))
    .addOption(siteOption())
    .option('--data <json>', 'what the command carries, or @FILE (@- for the standard input)', '{}')
    .option(
      '--idempotency-key <key>',
      'under the same key a command takes effect once (default: a fresh key)',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  steward certification do seller-1 submit-certification --data @submission.json' +
        `\n  steward certification do seller-1 reject-certification --data '{"reason":"Not legible"}'`,
    )
    .action(async (sellerId: string, name: CertificationCommand, options: DoOptions, command: Command) => {
      const { site, idempotencyKey } = options;
      // The API checks the body against the command's schema and names what is wrong with it.
      const data = await readData('--data', options.data, io);
      const body = { site, ...(data as object) } as CertificationBody<CertificationCommand>;
      const how = idempotencyKey === undefined ? {} : { idempotencyKey };
      const answer = await clientOf(command, io).certificationCommand(sellerId, name, body, how);
      print(command, io, answer, certificationText);
    });
}

function siteOption(): Option {
  return new Option('--site <site>').choices(SITES).default('china' satisfies Site);
}
