import { createRequire } from 'node:module';
import type * as Calendar from '../activities/calendar';
import type * as Api from './alone/api';
import type * as Worker from './alone/worker';
import type * as Up from './commands/up';
import type * as IssueToken from './issue-token';
import type * as MailPreview from './mail-preview';
import type * as Replay from './replay/replay';

const load = createRequire(__filename);

/**
 * What takes long to load, each fetched by the command that needs it, so that the others start at once.
 * Not `import()`: that asks the loader of ES modules, which does not know our paths without extensions.
 */
export const lazy = {
  calendar: () => load('../activities/calendar') as typeof Calendar,
  api: () => load('./alone/api') as typeof Api,
  issueToken: () => load('./issue-token') as typeof IssueToken,
  mailPreview: () => load('./mail-preview') as typeof MailPreview,
  replay: () => load('./replay/replay') as typeof Replay,
  up: () => load('./commands/up') as typeof Up,
  worker: () => load('./alone/worker') as typeof Worker,
};
