import { isDeepStrictEqual } from 'node:util';
import {
  ScheduleAlreadyRunning,
  ScheduleClient,
  ScheduleOverlapPolicy,
  type Connection,
  type ScheduleDescription,
  type ScheduleHandle,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
} from '@temporalio/client';
import { settlementScheduleId, settlementStartWorkflowId } from '../domain/ids';
import { BILLING_DAY, SITES } from '../domain/ledger/billing-day';
import type { Site } from '../domain/schemas/order';
import { TASK_QUEUES } from '../temporal.config';
import { grpcError } from './grpc-error';
import { untilDone } from './until-done';
import type { settlementStart } from '../workflows';

const ZONE = 'Asia/Shanghai';
/** How long a schedule may take to answer after a start of the server, and how soon it is asked again, in ms. */
const READY_MS = 30_000;
const AGAIN_MS = 500;
/** gRPC's CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, FAILED_PRECONDITION, INTERNAL and UNAVAILABLE. */
const NOT_READY = new Set([1, 2, 4, 9, 13, 14]);
const YEAR = 365 * 86_400_000;
/** As the server writes it. */
const only = (n: number) => [{ start: n, end: n, step: 1 }];

type Options = ScheduleOptions<ScheduleOptionsStartWorkflowAction<typeof settlementStart>>;

type Action = Pick<Options['action'], 'workflowType' | 'workflowId' | 'taskQueue'>;

/** What is told of the day on which a site is billed. */
const DAYS: Record<Site, string> = {
  china: 'At 00:00 (UTC+8) of the 3rd of each month',
  intl: 'At 00:00 (UTC+8) of the 7th of each month, or of the next working day of China,',
};

/**
 * Makes the schedules of the billing runs (domain.md 5.1), or brings them up to date. Done at every start, by several
 * processes at once too.
 *
 * Nothing of them is encrypted: what they carry is no secret, and schedules stay while keys go. They have no input, so
 * that a run that they start has none in clear either.
 */
export async function ensureSchedules(connection: Connection, namespace: string): Promise<void> {
  const client = new ScheduleClient({ connection, namespace });
  for (const site of SITES) await ensureSchedule(client, settlementSchedule(site));
}

/**
 * An update is made only where something differs. The server passes over what was due before the last update, so that
 * one at each start would lose the month that came due while the servers were down, and an operator's pause is part of
 * the state, which an update leaves alone.
 */
async function ensureSchedule(client: ScheduleClient, wanted: Options): Promise<void> {
  try {
    await client.create(wanted);
  } catch (error) {
    // It was made by an earlier start, or by another process since this one looked.
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = client.getHandle(wanted.scheduleId);
    if (isDeepStrictEqual(planOf(await describe(handle)), planOf(wanted))) return;
    const { spec, action, policies = {} } = wanted;
    await handle.update(({ state }) => ({ spec, action, policies, state }));
  }
}

/**
 * A schedule is a workflow of the server's own, whose worker comes up some time after the server: until then it does not
 * answer, in one way or another.
 */
function describe(handle: ScheduleHandle): Promise<ScheduleDescription> {
  const isPassing = (error: unknown) => NOT_READY.has(grpcError(error)?.code ?? 0);
  return untilDone(() => handle.describe(), { forMs: READY_MS, everyMs: AGAIN_MS, isPassing });
}

/** What of a schedule is Steward's to say. */
function planOf({ spec, action, policies }: Pick<Options, 'spec' | 'policies'> & { action: Action }) {
  return {
    days: spec.calendars?.map(({ dayOfMonth, hour }) => ({ dayOfMonth, hour })),
    timezone: spec.timezone,
    starts: [action.workflowType, action.workflowId, action.taskQueue],
    overlap: policies?.overlap,
    catchupWindow: Number(policies?.catchupWindow),
  };
}

/** `settlement-china` or `settlement-intl`. */
function settlementSchedule(site: Site): Options {
  return {
    scheduleId: settlementScheduleId(site),
    spec: { calendars: [{ dayOfMonth: only(BILLING_DAY[site]), hour: only(0) }], timezone: ZONE },
    action: {
      type: 'startWorkflow',
      workflowType: 'settlementStart',
      args: [],
      workflowId: settlementStartWorkflowId(site),
      taskQueue: TASK_QUEUES.settlement,
    },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ALL, catchupWindow: YEAR },
    memo: {
      what: `${DAYS[site]} it has the month before billed (site ${site}), by starting settlement/${site}/YYYYMM.`,
      missed:
        'What comes due while the servers are down is caught up for a year. What comes due during a pause is not: ' +
        `"steward settle --period YYYYMM --site ${site}" bills that month, once however often it is asked.`,
    },
    state: { note: `${DAYS[site]} it has the month before billed (site ${site}).` },
  };
}
