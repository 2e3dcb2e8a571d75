import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { BILL_COMMAND_NAMES, type BillCommand } from '../domain/billing/commands';
import type { BillAnswer, BillRequest, BillView } from '../domain/billing/life';
import type {
  BundleAsk,
  BundlePhase,
  BundleRequest,
  BundleStep,
  BundleView,
  LineStanding,
} from '../domain/bundle';
import type {
  CertificationRequest,
  CertificationUpdateAnswer,
  CertificationView,
} from '../domain/certification/certification';
import { CERTIFICATION_COMMAND_NAMES, type CertificationCommand } from '../domain/certification/machine';
import { COMMAND_NAMES, type Command } from '../domain/commands';
import type { RunProgress } from '../domain/ledger/run-progress';
import type { ParcelState } from '../domain/logistics';
import type { CommandRequest, LineView, UpdateAnswer } from '../domain/order-line';
import type { Party } from '../domain/parties';
import type { BillBody } from '../domain/schemas/bills';
import type { CommandData } from '../domain/schemas/commands';

/** Name of the workflow type, one run for each order line. */
export const ORDER_LINE = 'orderLine';

/** The update id of each trigger: repetitions join the first (design §5). */
export const OPEN_UPDATE_ID = 'open';

/** Sent with the start; its answer says that the line is under way. */
export const openUpdate = defineUpdate<UpdateAnswer>('open');

/** Asked of a line that the registry has forgotten, as after a restore: writes its view and its newest log again. */
export const publishUpdate = defineUpdate<UpdateAnswer>('publish');

/** The failure with which the server ends an update whose workflow closed before it answered. */
export const CLOSED_BEFORE_ANSWER = 'AcceptedUpdateCompletedWorkflow';

/** The line as its workflow knows it now. */
export const viewQuery = defineQuery<LineView>('view');

type CommandUpdate<C extends Command> = ReturnType<
  typeof defineUpdate<UpdateAnswer, [CommandRequest<CommandData<C>>], C>
>;

/**
 * One update for each command, under the command's own name: histories read like the order's file.
 */
export const commandUpdates = Object.fromEntries(
  COMMAND_NAMES.map((command) => [command, defineUpdate(command)]),
) as unknown as { [C in Command]: CommandUpdate<C> };

/** The seller's software activates the licence code; who may was found out by the code itself. */
export const activateLicenseUpdate = defineUpdate<UpdateAnswer & { activatedAt: number }, [{ by: Party }]>(
  'activate-license',
);

/** What a carrier pushes about the parcel of a line, as `POST /v1/logistics-events` hands it on. */
export interface LogisticsEvent {
  by: Party;
  carrier: string;
  trackingNumber: string;
  state: ParcelState;
  /** By the carrier's clock; epoch milliseconds. */
  at: number;
}
export const logisticsEventUpdate = defineUpdate<UpdateAnswer, [LogisticsEvent]>('logistics-event');

/** Name of the workflow type that unsubscribes a bundle. */
export const BUNDLE_UNSUBSCRIPTION = 'bundleUnsubscription';

/** The buyer's request, sent with the start; its answer says that every seller was asked. */
export const requestBundleUpdate = defineUpdate<{ phase: BundlePhase }, [BundleRequest]>(
  'request-unsubscription',
);

/** The buyer takes it back; its answer says that every line was told. */
export const withdrawBundleUpdate = defineUpdate<{ phase: BundlePhase }, [{ by: Party }]>(
  'withdraw-unsubscription',
);

/** Where the unsubscription of a bundle stands. */
export const bundleQuery = defineQuery<BundleView>('view');

/** A line tells its bundle how it stands. */
export const standingSignal = defineSignal<[LineStanding]>('standing');

/** What a bundle asks of its lines; no commands of the API. */
export const bundleStepUpdates: Record<
  BundleStep,
  ReturnType<typeof defineUpdate<LineStanding, [BundleAsk]>>
> = {
  reserve: defineUpdate('reserve-unsubscription'),
  ask: defineUpdate('ask-unsubscription'),
  lock: defineUpdate('lock-unsubscription'),
  unlock: defineUpdate('unlock-unsubscription'),
  refund: defineUpdate('refund-unsubscription'),
  free: defineUpdate('free-unsubscription'),
};

/** Name of the workflow type that certifies sellers, one run for each seller and site. */
export const CERTIFICATION = 'certification';

/** One update for each command of a certification, under the command's own name. */
export const certificationUpdates = Object.fromEntries(
  CERTIFICATION_COMMAND_NAMES.map((command) => [command, defineUpdate(command)]),
) as unknown as Record<
  CertificationCommand,
  ReturnType<typeof defineUpdate<CertificationUpdateAnswer, [CertificationRequest]>>
>;

/** A certification as its workflow knows it now. */
export const certificationQuery = defineQuery<CertificationView>('view');

/** How far a billing run is. */
export const settlementQuery = defineQuery<RunProgress>('progress');

type BillUpdate<C extends BillCommand> = ReturnType<
  typeof defineUpdate<BillAnswer, [BillRequest<BillBody<C>>], C>
>;

/** One update for each command of a bill, under its own name. */
export const billUpdates = Object.fromEntries(
  BILL_COMMAND_NAMES.map((command) => [command, defineUpdate(command)]),
) as unknown as { [C in BillCommand]: BillUpdate<C> };

/** The bill as its workflow knows it now. */
export const billViewQuery = defineQuery<BillView>('view');
