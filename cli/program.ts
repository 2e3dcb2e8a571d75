import { Command } from 'commander';
import { version } from '../package.json';
import { apiCommand } from './commands/api';
import { billCommand } from './commands/bill';
import { calendarCommand } from './commands/calendar';
import { callsCommand } from './commands/calls';
import { certificationCommand } from './commands/certification';
import { doctorCommand } from './commands/doctor';
import { keysCommand } from './commands/keys';
import { ledgerCommand } from './commands/ledger';
import { licenseCommand } from './commands/license';
import { mailCommand } from './commands/mail';
import { codecCommand } from './commands/codec';
import { flowCommand } from './commands/flow';
import { orderCommand } from './commands/order';
import { parcelCommand } from './commands/parcel';
import { productCommand } from './commands/product';
import { releaseCommand } from './commands/release';
import { replayCommand } from './commands/replay';
import { sellerCommand } from './commands/seller';
import { settleCommand } from './commands/settle';
import { signCommand } from './commands/sign';
import { tokenCommand } from './commands/token';
import { transactionsCommand } from './commands/transactions';
import { verifyCommand } from './commands/verify';
import { workerCommand } from './commands/worker';
import type { Io } from './io';
import { lazy } from './lazy';
import { DEFAULT_API } from './session';

/** The commands after `up`, as `--help` lists them. */
const COMMANDS = [
  tokenCommand,
  sellerCommand,
  productCommand,
  certificationCommand,
  orderCommand,
  licenseCommand,
  parcelCommand,
  callsCommand,
  transactionsCommand,
  billCommand,
  ledgerCommand,
  calendarCommand,
  mailCommand,
  settleCommand,
  flowCommand,
  replayCommand,
  doctorCommand,
  releaseCommand,
  keysCommand,
  signCommand,
  verifyCommand,
  workerCommand,
  apiCommand,
  codecCommand,
];

/**
 * The whole `steward` program, ready to parse `args`. Its commands reject with `StewardError`,
 * `StewardApiError`, or commander's own `CommanderError`.
 */
export function createProgram(args: readonly string[], io: Io): Command {
  const program = new Command('steward')
    .description('Runs the life of cloud-marketplace orders as durable Temporal workflows.')
    .version(version)
    .option('--api <url>', `where Steward is (default: STEWARD_API, or ${DEFAULT_API})`)
    .option('--token <jwt>', 'who asks (default: STEWARD_TOKEN)')
    .option('--json', 'print one JSON document, for programs')
    .addHelpText('after', '\nExample:\n  steward up\n\n"steward COMMAND --help" shows more about a command.')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .showHelpAfterError('(--help shows how it is used)')
    .exitOverride();

  const up = upCommand(args).copyInheritedSettings(program);
  program.addCommand(up);
  for (const add of COMMANDS) add(program, io);
  return program;
}

/** `up` brings all servers and simulations: it is loaded only if it is what the caller wants. */
function upCommand(args: readonly string[]): Command {
  if (args.includes('up')) return lazy.up().upCommand();
  return new Command('up').description('Run everything on one machine, and place the sample orders');
}
