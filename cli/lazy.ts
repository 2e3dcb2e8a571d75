import { createRequire } from 'node:module';
import type * as Calendar from '../activities/calendar';
import type * as Api from './alone/api';
import type * as Codec from './alone/codec';
import type * as Worker from './alone/worker';
import type * as Up from './commands/up';
import type * as Doctor from './doctor';
import type * as IssueToken from './issue-token';
import type * as Keys from './keys';
import type * as Ledger from './ledger';
import type * as MailPreview from './mail-preview';
import type * as Release from './release/deployment';
import type * as Replay from './replay/replay';
import type * as ReplayNamespace from './replay/replay-namespace';
import type * as Settle from './settle';

const load = createRequire(__filename);

/**
 * What takes long to load, each fetched by the command that needs it, so that the others start at once.
 * Not `import()`: that asks the loader of ES modules, which does not know our paths without extensions.
 */
export const lazy = {
  calendar: () => load('../activities/calendar') as typeof Calendar,
  api: () => load('./alone/api') as typeof Api,
  doctor: () => load('./doctor') as typeof Doctor,
  codec: () => load('./alone/codec') as typeof Codec,
  issueToken: () => load('./issue-token') as typeof IssueToken,
  keys: () => load('./keys') as typeof Keys,
  ledger: () => load('./ledger') as typeof Ledger,
  mailPreview: () => load('./mail-preview') as typeof MailPreview,
  release: () => load('./release/deployment') as typeof Release,
  replay: () => load('./replay/replay') as typeof Replay,
  replayNamespace: () => load('./replay/replay-namespace') as typeof ReplayNamespace,
  settle: () => load('./settle') as typeof Settle,
  up: () => load('./commands/up') as typeof Up,
  worker: () => load('./alone/worker') as typeof Worker,
};
