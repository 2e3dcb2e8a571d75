import type { LiveRig } from '../live-rig';

/** Where random play takes place: a whole Steward with its outside world, that can be killed. */
export type Ground = Pick<
  LiveRig,
  | 'other'
  | 'handle'
  | 'newOrder'
  | 'seller'
  | 'platform'
  | 'mailbox'
  | 'ended'
  | 'refunds'
  | 'instances'
  | 'histories'
  | 'expectSound'
> & {
  /** Undefined where nobody can tell it what to say: it knows no parcel. */
  carrier?: LiveRig['carrier'];
  /** `MAIL_FROM`. */
  mailFrom: string;
  /** The worker, or all of Steward, goes away in the middle and comes back. */
  kill: () => Promise<void>;
  /** A process that dies between the mail server's "taken" and its own note of it sends that mail again (design §8). */
  mayRepeatMails: boolean;
};

/** The live rig, whose worker goes away without grace; everything else stays. */
export function rigGround(rig: LiveRig): Ground {
  const kill = async (): Promise<void> => {
    await rig.stopWorker();
    await rig.startWorker();
  };
  const { from: mailFrom } = rig.runtime.settings.mail;
  return Object.assign(Object.create(rig) as LiveRig, { kill, mailFrom, mayRepeatMails: false });
}
