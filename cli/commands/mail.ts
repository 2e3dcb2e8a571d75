import type { Command } from 'commander';
import type { Io } from '../io';
import { mailPreviewCommand } from './mail-preview';

/** `steward mail …` */
export function mailCommand(program: Command, io: Io): void {
  const mail = program.command('mail').description('Look at the mails that Steward writes');
  mailPreviewCommand(mail, io);
}
