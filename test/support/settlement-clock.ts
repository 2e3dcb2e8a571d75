import { Client, type WorkflowHandle } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { CHINA, createCalendarActivities, type Arrangements } from '../../activities/calendar';
import {
  settlementPreviewWorkflowId,
  settlementScheduleId,
  settlementStartWorkflowId,
  settlementWorkflowId,
} from '../../domain/ids';
import type { RunKey } from '../../domain/ledger/bill';
import type { Site } from '../../domain/schemas/order';
import { SCHEDULED_BY_ID, SCHEDULED_START_TIME } from '../../domain/search-attributes';
import { TASK_QUEUES } from '../../temporal.config';
import { createSettlementWorker } from '../../workers/run';
import type { settlement, settlementPreview, settlementStart } from '../../workflows';
import { expectSound, testDataConverter, workflowBundle } from './history-checks';
import { quietRuntime } from './quiet';
import { recordHistory } from './record';
import { startTimeSkipping } from './rig';
import { TAME_ACTIVITIES } from './tame-activities';
import type { TameLedger } from './tame-ledger';

const { settlement: taskQueue } = TASK_QUEUES;
const { IndexedValueType } = temporal.api.enums.v1;

/** Billing runs on the time-skipping server, with a ledger and a calendar of the test. */
export class SettlementClock {
  /** What the next activities ask; a test may put another one here. */
  ledger!: TameLedger;
  calendar: Arrangements = CHINA;
  private count = 0;
  /**
   * A client under which the server's clock goes as every clock: where nothing waits for a time, the test environment's
   * own one would let ten years pass.
   */
  private readonly client: Client;

  private constructor(
    private readonly env: TestWorkflowEnvironment,
    private stop: () => Promise<void>,
  ) {
    this.client = new Client({ connection: env.connection, dataConverter: testDataConverter });
  }

  static async start(): Promise<SettlementClock> {
    quietRuntime();
    const env = await startTimeSkipping();
    await env.connection.operatorService.addSearchAttributes({
      namespace: 'default',
      // Other servers have them by themselves.
      searchAttributes: {
        [SCHEDULED_BY_ID.name]: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
        [SCHEDULED_START_TIME.name]: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
      },
    });
    const clock = new SettlementClock(env, () => Promise.resolve());
    const worker = await createSettlementWorker(
      {
        ...{ connection: env.nativeConnection, namespace: 'default', dataConverter: testDataConverter },
        workflowBundle: await workflowBundle(),
        activities: {
          ...TAME_ACTIVITIES,
          openRun: (key) => clock.ledger.openRun(key),
          billSellers: (page) => clock.ledger.billSellers(page),
          closeRun: (key) => clock.ledger.closeRun(key),
          previewRun: () => clock.ledger.previewRun(),
          addWorkingDays: (ask) => createCalendarActivities({ calendar: clock.calendar }).addWorkingDays(ask),
        },
      },
      { shutdownGraceTime: 0 },
    );
    const run = worker.run();
    clock.stop = async () => {
      worker.shutdown();
      await run;
    };
    return clock;
  }

  now(): Promise<number> {
    return this.env.currentTimeMs();
  }

  /** Lets time pass until a moment that has not been. */
  async skipTo(moment: number): Promise<void> {
    await this.env.sleep(moment - (await this.now()));
  }

  /** What the schedule of a site does when a time has come; maybe late. */
  scheduled(site: Site, at: number): Promise<WorkflowHandle<typeof settlementStart>> {
    this.count += 1;
    return this.client.workflow.start<typeof settlementStart>('settlementStart', {
      workflowId: `${settlementStartWorkflowId(site)}-${this.count}`,
      taskQueue,
      typedSearchAttributes: [
        { key: SCHEDULED_BY_ID, value: settlementScheduleId(site) },
        { key: SCHEDULED_START_TIME, value: new Date(at) },
      ],
    });
  }

  /** The billing run itself, as `steward settle` starts it. */
  settle(key: RunKey): Promise<WorkflowHandle<typeof settlement>> {
    return this.client.workflow.start<typeof settlement>('settlement', {
      ...{ workflowId: settlementWorkflowId(key), taskQueue, args: [key] },
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
  }

  /** A look at what a run would do, as `steward settle --dry-run` has it. */
  preview(key: RunKey): Promise<WorkflowHandle<typeof settlementPreview>> {
    return this.client.workflow.start<typeof settlementPreview>('settlementPreview', {
      ...{ workflowId: settlementPreviewWorkflowId(key), taskQueue, args: [key] },
    });
  }

  /** What somebody starts in the Temporal UI who takes it for the run. */
  unscheduled(): Promise<WorkflowHandle<typeof settlementStart>> {
    const workflowId = 'by-hand';
    return this.client.workflow.start<typeof settlementStart>('settlementStart', { workflowId, taskQueue });
  }

  /** A run, when it has ended. */
  ended(key: RunKey): Promise<unknown> {
    return this.client.workflow.getHandle(settlementWorkflowId(key)).result();
  }

  handle(workflowId: string): WorkflowHandle {
    return this.client.workflow.getHandle(workflowId);
  }

  /** The history replays and is kept with `STEWARD_RECORD`; gives it. */
  async sound(workflowId: string, of = '') {
    const history = await this.handle(workflowId).fetchHistory();
    await expectSound(history, workflowId);
    recordHistory(history, workflowId, of);
    return history;
  }

  async end(): Promise<void> {
    await this.stop();
    await this.env.teardown();
  }
}
