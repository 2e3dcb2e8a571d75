import { randomUUID } from 'node:crypto';
import { Client, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createCalendarActivities, type Arrangements } from '../../activities/calendar';
import type { CertificationService } from '../../api/certification-service';
import { temporalCertifications } from '../../api/temporal-certifications';
import type { CertificationRequest, CertificationView } from '../../domain/certification/certification';
import type { CertificationCommand } from '../../domain/certification/machine';
import type { CertificationMail } from '../../domain/certification/mail';
import { certificationWorkflowId } from '../../domain/ids';
import { CERTIFICATION_COMMANDS } from '../../domain/certification/machine';
import { iso } from '../../domain/time';
import { WINDOWS } from '../../domain/windows';
import { TASK_QUEUES } from '../../temporal.config';
import { addSearchAttributes } from '../../workers/namespace';
import { createOrderWorker } from '../../workers/run';
import { certificationQuery } from '../../workflows/messages';
import { eventually } from './eventually';
import { expectSound, testDataConverter, workflowBundle } from './history-checks';
import { quietRuntime } from './quiet';
import { recordHistory } from './record';
import { startTimeSkipping } from './rig';
import { TAME_ACTIVITIES } from './tame-activities';

const DAY = 86_400_000;

/** Certifications at their real length, on the time-skipping server, with a calendar of the test. */
export class CertificationClock {
  /** What the next questions are asked; a test may put another one here. */
  calendar: Arrangements = daysOff();
  /** What was sent, in order. */
  readonly mails: CertificationMail[] = [];
  private sellerId = '';
  private count = 0;
  private readonly service: CertificationService;
  private readonly client: Client;

  private constructor(
    private readonly env: TestWorkflowEnvironment,
    private stop: () => Promise<void>,
  ) {
    // Under it the server's clock goes as every clock.
    this.client = new Client({ connection: env.connection, dataConverter: testDataConverter });
    this.service = temporalCertifications(this.client, TASK_QUEUES.orders);
  }

  static async start(): Promise<CertificationClock> {
    quietRuntime();
    const env = await startTimeSkipping();
    await addSearchAttributes(env.connection, 'default');
    const clock = new CertificationClock(env, () => Promise.resolve());
    const worker = await createOrderWorker(
      {
        ...{ connection: env.nativeConnection, namespace: 'default', dataConverter: testDataConverter },
        workflowBundle: await workflowBundle(),
        profile: 'local',
        activities: {
          ...TAME_ACTIVITIES,
          addWorkingDays: (ask) => createCalendarActivities({ calendar: clock.calendar }).addWorkingDays(ask),
          sendCertificationMail: (mail) => Promise.resolve(void clock.mails.push(mail)),
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

  /** The next commands are for a seller of whom nobody has heard. */
  newSeller(): void {
    this.count += 1;
    this.sellerId = `seller-${this.count}`;
  }

  /** The next beginning of a day of the business zone. */
  async nextMidnight(): Promise<number> {
    return Date.parse(`${iso((await this.env.currentTimeMs()) + DAY).slice(0, 10)}T00:00:00+08:00`);
  }

  /** Lets time pass until a moment that has not been. */
  async skipTo(moment: number): Promise<void> {
    await this.env.sleep(moment - (await this.env.currentTimeMs()));
  }

  async command(command: CertificationCommand, data: CertificationRequest['data'] = {}) {
    const [role] = CERTIFICATION_COMMANDS[command];
    const by = { role, sub: role === 'seller' ? this.sellerId : 'operator-1' };
    const { certificationReview } = WINDOWS.standard;
    const start = { ...this.key, windows: { certificationReview } };
    return this.service.command(start, command, { by, data }, randomUUID());
  }

  view(): Promise<CertificationView> {
    return this.handle.query(certificationQuery);
  }

  /** The kinds of the mails that operators, or the seller, got, as soon as there are so many. */
  async told(count: number, to: CertificationMail['to'] = 'operator'): Promise<string[]> {
    const mails = () => this.mails.filter((mail) => mail.to === to && mail.sellerId === this.sellerId);
    await eventually(
      () => Promise.resolve(mails()),
      (told) => told.length >= count,
    );
    return mails().map(({ kind }) => kind);
  }

  /** The history replays, and is kept with `STEWARD_RECORD`. */
  async sound(): Promise<void> {
    const history = await this.handle.fetchHistory();
    await expectSound(history, this.handle.workflowId);
    recordHistory(history, this.handle.workflowId);
  }

  private get key() {
    return { sellerId: this.sellerId, site: 'china' as const };
  }

  private get handle(): WorkflowHandle {
    return this.client.workflow.getHandle(certificationWorkflowId(this.key));
  }

  async end(): Promise<void> {
    await this.stop();
    await this.env.teardown();
  }
}

/** A calendar in which every day is a working day but those that begin then. */
export function daysOff(...midnights: number[]): Arrangements {
  const off = midnights.map((midnight) => iso(midnight).slice(0, 10));
  return { knows: () => true, arranged: (day) => (off.includes(day) ? 'off' : 'working') };
}

/** The same, of years that were not announced yet. */
export function unannounced(calendar: Arrangements): Arrangements {
  return { ...calendar, knows: () => false };
}
