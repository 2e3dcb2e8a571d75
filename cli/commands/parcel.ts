import { Argument, type Command } from 'commander';
import { PARCEL_STATES, type ParcelState } from '../../domain/logistics';
import { iso } from '../../domain/time';
import type { Io } from '../io';
import { moment } from '../option-values';
import { clientOf, print } from '../session';

const COUNTS = "It counts once the carrier, asked with the recipient's phone, has confirmed the parcel.";

interface TellOptions {
  at?: number;
  idempotencyKey?: string;
}

/** `steward parcel …`: what carriers tell of parcels (domain.md 2.7). */
export function parcelCommand(program: Command, io: Io): void {
  const parcel = program.command('parcel').description('Tell of a parcel, as its carrier');
  parcel
    .command('tell')
    .description('Tell how far a parcel is (role carrier); "steward order show" has carrier and number')
    .argument('<carrier>', "Kuaidi100's code of it, such as shunfeng")
    .argument('<trackingNumber>')
    .addArgument(new Argument('<state>').choices(PARCEL_STATES))
    .option(
      '--at <moment>',
      "since when, by the carrier's clock; ISO 8601 with offset (default: now)",
      moment,
    )
    .option('--idempotency-key <key>', 'under the same key it is told once (default: a fresh key)')
    .addHelpText(
      'after',
      `\n${COUNTS}` +
        '\n\nExample:\n  steward parcel tell shunfeng SF1234567890 SIGNED --at 2026-11-23T18:00:00+08:00',
    )
    .action(
      async (
        carrier: string,
        trackingNumber: string,
        state: ParcelState,
        { at = Date.now(), idempotencyKey }: TellOptions,
        command: Command,
      ) => {
        const answer = await clientOf(command, io).logisticsEvent(
          { carrier, trackingNumber, state, at: iso(at) },
          idempotencyKey === undefined ? {} : { idempotencyKey },
        );
        print(command, io, answer, ({ lines }) =>
          lines === 0
            ? 'No order line was told: they have ended.'
            : `Told to ${lines} order ${lines === 1 ? 'line' : 'lines'}. ${COUNTS}`,
        );
      },
    );
}
