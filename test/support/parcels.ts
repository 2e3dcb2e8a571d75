import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Activities } from '../../activities';
import type { ParcelNews, ParcelState, TrackParcelInput } from '../../domain/logistics';
import type { OrderLineBody } from '../../domain/schemas/order';
import type { UpdateAnswer } from '../../domain/order-line';
import { WINDOWS, type Windows } from '../../domain/windows';
import { logisticsEventUpdate } from '../../workflows/messages';
import type { PlacedLine } from './placed-line';
import { Rig } from './rig';
import { PROOF } from './supervised';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** A carrier as tests want it: of each parcel it says what it was told to say last. */
export class Parcels {
  private readonly news = new Map<string, ParcelNews>();
  private isDown = false;
  private count = 0;
  /** What it was asked, oldest first. */
  readonly asked: TrackParcelInput[] = [];

  /** A tracking number that no other test has. */
  next(): string {
    this.count += 1;
    return `SF-${String(this.count).padStart(8, '0')}`;
  }

  /** What it says of a parcel from now on; before that it does not know it. */
  say(trackingNumber: string, news: ParcelNews): void {
    this.news.set(trackingNumber, news);
  }

  located(trackingNumber: string, state: ParcelState, at: number): void {
    this.say(trackingNumber, { info: 'VALID', state, at });
  }

  down(is: boolean): void {
    this.isDown = is;
  }

  readonly trackParcel: Activities['trackParcel'] = (input) => {
    this.asked.push(input);
    const news = this.isDown ? undefined : this.news.get(input.trackingNumber);
    if (news === undefined || (news.info === 'VALID' && news.state === input.known)) {
      throw ApplicationFailure.create({
        type: 'NO_PARCEL_NEWS',
        message: 'The carrier says nothing new',
        category: ApplicationFailureCategory.BENIGN,
      });
    }
    return Promise.resolve(news);
  };
}

/** A rig whose carrier says what a test wants it to. */
export async function startParcelRig(): Promise<{ rig: Rig; parcels: Parcels }> {
  const rig = await Rig.start(100);
  const parcels = new Parcels();
  await rig.stopWorker();
  await rig.startWorker({ trackParcel: parcels.trackParcel });
  return { rig, parcels };
}

/**
 * The published windows, and a carrier who is asked at odd times. Lines end whole days after parcels were shipped: in
 * the very moment of a question they would leave the test server's clock held for ever, which lets go of it with the
 * answer to an activity, but never once the activity's workflow is closed.
 */
const ODD_POLL: Windows = { ...WINDOWS.standard, carrierPoll: 253 * 60_000 };

export function placeGoods(
  rig: Rig,
  about: Partial<OrderLineBody> = {},
  windows = ODD_POLL,
): Promise<PlacedLine> {
  return rig.placeLine({ delivery: 'hardware', charging: { mode: 'ONE_TIME' }, ...about }, { windows });
}

export const ship = (line: PlacedLine, trackingNumber: string) =>
  line.command('ship', 'seller', { carrier: 'shunfeng', trackingNumber, proof: PROOF });
export const correct = (line: PlacedLine, trackingNumber: string) =>
  line.command('correct-logistics', 'seller', { carrier: 'shunfeng', trackingNumber });
export const reject = (line: PlacedLine) => line.command('reject', 'buyer', { reason: 'Nothing came' });
export const changeAddress = (line: PlacedLine, addressId = 'update-1') =>
  line.command('change-address', 'buyer', { addressId });
export const remindBuyer = (line: PlacedLine) => line.command('remind-buyer', 'seller', {});

/** What the carrier pushes. */
export function push(
  line: PlacedLine,
  trackingNumber: string,
  state: ParcelState,
  at: number,
): Promise<UpdateAnswer> {
  const by = { role: 'carrier' as const, sub: 'carrier-1' };
  return line.handle.executeUpdate(logisticsEventUpdate, {
    args: [{ by, carrier: 'shunfeng', trackingNumber, state, at }],
  });
}
