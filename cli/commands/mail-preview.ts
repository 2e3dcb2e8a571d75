import { Argument, Option, type Command } from 'commander';
import { BILL_MAIL_KINDS } from '../../domain/billing/mail';
import { BILL_NODE_NAMES } from '../../domain/billing/nodes';
import { CERTIFICATION_NODES } from '../../domain/certification/certification';
import { CERTIFICATION_MAIL_KINDS } from '../../domain/certification/mail';
import { MAIL_KINDS, type MailRecipient } from '../../domain/mail';
import { NODE_NAMES } from '../../domain/nodes';
import type { Language } from '../../domain/schemas/primitives';
import type { Io } from '../io';
import { lazy } from '../lazy';
import type { AnyMailKind } from '../mail-preview';
import { print } from '../session';
import { table } from '../table';

const KINDS: readonly AnyMailKind[] = [...MAIL_KINDS, ...BILL_MAIL_KINDS, ...CERTIFICATION_MAIL_KINDS];
const NODES = new Set<string>([...NODE_NAMES, ...BILL_NODE_NAMES, ...Object.keys(CERTIFICATION_NODES)]);

interface PreviewOptions {
  language: Language;
  html?: boolean;
  to?: MailRecipient;
  node?: string;
}

/** `steward mail preview`: what people are sent, without sending anything. */
export function mailPreviewCommand(mail: Command, io: Io): void {
  mail
    .command('preview')
    .description('Print the mail of a kind with example data, or list all kinds')
    .addArgument(new Argument('[kind]', 'what it is about').choices(KINDS))
    .addOption(new Option('--language <language>').choices(['zh', 'en']).default('en'))
    .option('--html', 'the HTML part instead of the text part')
    .addOption(new Option('--to <role>', 'who it goes to').choices(['seller', 'buyer', 'operator']))
    .addOption(
      new Option('--node <node>', 'where the order, bill or certification stands').choices([...NODES]),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  steward mail preview your-move --language zh --node ACCEPTING' +
        '\n  steward mail preview bill-your-move --to operator --node PAYING' +
        '\n\nThe mails that "steward up" really sent are at /dev/mail of its API.',
    )
    .action((kind: AnyMailKind | undefined, options: PreviewOptions, command: Command) => {
      const { language, html } = options;
      const { listMails, previewMail } = lazy.mailPreview();
      if (kind === undefined) return print(command, io, listMails(language), kindsTable);
      print(command, io, previewMail(kind, language, options), (mailed) =>
        html
          ? mailed.html.trimEnd()
          : `To: ${mailed.to}\nSubject: ${mailed.subject}\n\n${mailed.text.trimEnd()}`,
      );
    });
}

function kindsTable(
  kinds: readonly { kind: AnyMailKind; to: readonly MailRecipient[]; subject: string }[],
): string {
  return table(
    ['kind', 'to', 'subject'],
    kinds.map(({ kind, to, subject }) => [kind, to.join(', '), subject]),
  );
}
