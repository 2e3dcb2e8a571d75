import { randomUUID } from 'node:crypto';
import { messageId } from '../../activities/mail/send';
import { temporalCertifications } from '../../api/temporal-certifications';
import { historiesOf } from '../../bench/histories';
import type { Problem } from '../../domain/answers';
import type { CertificationAnswer } from '../../domain/certification/answer';
import type { CertificationUpdateAnswer } from '../../domain/certification/certification';
import { CERTIFICATION_COMMANDS, type CertificationCommand } from '../../domain/certification/machine';
import { certificationMailId, certificationWorkflowId } from '../../domain/ids';
import { WINDOWS } from '../../domain/windows';
import { TASK_QUEUES } from '../../temporal.config';
import { certificationQuery } from '../../workflows/messages';
import { BUSINESS, FINANCE_CONTACT } from '../support/certification';
import { eventually } from '../support/eventually';
import { expectSound } from '../support/history-checks';
import { LiveRig } from '../support/live-rig';
import { recordHistory } from '../support/record';
import { watch } from '../support/watch';

/** Certifications whose histories grow long: they go on in fresh ones, and nothing is lost or told twice. */

let rig: LiveRig;

beforeAll(async () => {
  const dynamicConfig = {
    'limit.historyCount.suggestContinueAsNew': '15',
    'history.workflowIdReuseMinimalInterval': '"1ms"',
  };
  rig = await LiveRig.start({ server: { dynamicConfig } });
});
afterAll(() => rig.end());

const keyOf = (sellerId: string) => ({ sellerId, site: 'china' as const });
const handleOf = (sellerId: string) =>
  rig.runtime.client.workflow.getHandle(certificationWorkflowId(keyOf(sellerId)));
const runsOf = (sellerId: string) =>
  historiesOf(rig.runtime.client, certificationWorkflowId(keyOf(sellerId)));

async function newSeller(sellerId: string): Promise<string> {
  const email = `${sellerId}@seller.example`;
  const about = {
    name: 'Seller',
    email,
    language: 'zh',
    accessKey: 'an-access-key-of-a-test-seller',
  } as const;
  await rig.as('platform').client.putSeller(sellerId, about);
  return sellerId;
}

/** Gives a command once, over HTTP: nothing is sent again. */
async function give(sellerId: string, command: CertificationCommand, data: object = {}): Promise<string> {
  const [role] = CERTIFICATION_COMMANDS[command];
  const party = role === 'seller' ? await rig.other('seller', sellerId) : rig.as(role);
  const path = `/sellers/${sellerId}/certification/${command}`;
  const body = { site: 'china', ...data };
  const answer = await party.post<CertificationAnswer & Problem>(path, body, randomUUID());
  return answer.status === 200 ? answer.body.node : answer.body.code;
}

const submission = { ...BUSINESS, financeContact: FINANCE_CONTACT };
const submit = (sellerId: string) => give(sellerId, 'submit-certification', submission);
const reject = (sellerId: string) => give(sellerId, 'reject-certification', { reason: 'Not legible' });

/** A verdict under an update id, past what the API remembers. */
function verdict(sellerId: string, updateId: string): Promise<CertificationUpdateAnswer> {
  const start = { ...keyOf(sellerId), windows: WINDOWS.fast };
  const request = { by: { role: 'operator', sub: 'operator-1' }, data: { reason: 'Not legible' } } as const;
  const certifications = temporalCertifications(rig.runtime.client, TASK_QUEUES.orders);
  return certifications.command(start, 'reject-certification', request, updateId);
}

/** Its mails: their subjects, in the order in which they were made. None comes twice. */
function mailsOf(sellerId: string): string[] {
  const ids = Array.from({ length: 200 }, (_, n) =>
    messageId(certificationMailId(keyOf(sellerId), n + 1), 'x@market.example'),
  );
  const mails = ids.flatMap((id) => rig.mailbox.mails.filter((mail) => mail.messageId === id));
  expect(mails.filter(({ times }) => times > 1)).toEqual([]);
  return mails.map(({ subject }) => subject.replace(/^.*[:：] ?/, ''));
}

const count = (mails: string[], subject: string) => mails.filter((mail) => mail === subject).length;

/** Looks at it all the time, as the Temporal UI does, until told to stop. */
const watchSeller = (sellerId: string) => watch(() => handleOf(sellerId).query(certificationQuery));

async function expectSoundRuns(sellerId: string): Promise<void> {
  const runs = await runsOf(sellerId);
  expect(runs.length).toBeGreaterThan(2);
  expect(Math.max(...runs.map(({ events }) => events!.length))).toBeLessThan(120);
  const { workflowId } = handleOf(sellerId);
  for (const history of runs) await expectSound(history, workflowId);
  recordHistory(runs[1]!, workflowId);
}

test('submissions and verdicts over many runs: each counts once, and a repeated one gets its first answer', async () => {
  const seller = await newSeller('long-1');
  expect(await submit(seller)).toBe('UNDER_REVIEW');
  const unwatch = watchSeller(seller);
  const first = await verdict(seller, 'first');
  expect(first).toMatchObject({ node: 'REJECTED' });
  for (const rejections of [2, 3, 3]) {
    for (let n = 1; n <= rejections; n += 1) {
      expect(await submit(seller)).toBe('UNDER_REVIEW');
      expect(await reject(seller)).toBe('REJECTED');
    }
    expect(await submit(seller)).toBe('CERTIFICATION_LOCKED');
    expect(await give(seller, 'reopen-certification')).toBe('REJECTED');
  }
  expect(await submit(seller)).toBe('UNDER_REVIEW');
  expect(await verdict(seller, 'first')).toEqual(first);
  expect(await give(seller, 'approve-certification')).toBe('CERTIFIED');
  await unwatch();

  const { log, rejections } = await rig.as('operator').client.certification(seller, 'china');
  const commands = log.flatMap(({ command }) => command ?? []);
  const given = (name: CertificationCommand) => commands.filter((command) => command === name).length;
  expect([
    given('submit-certification'),
    given('reject-certification'),
    given('reopen-certification'),
  ]).toEqual([10, 9, 3]);
  expect(rejections).toBe(0);
  const told = await eventually(
    () => Promise.resolve(mailsOf(seller)),
    (mails) => mails.length >= commands.length,
  );
  expect(told).toHaveLength(23);
  await expectSoundRuns(seller);
});

test('a review that runs out keeps its term, and operators are told each time once', async () => {
  const seller = await newSeller('long-2');
  expect(await submit(seller)).toBe('UNDER_REVIEW');
  const unwatch = watchSeller(seller);
  const { dueAt } = await rig.as('operator').client.certification(seller, 'china');
  const told = await eventually(
    () => Promise.resolve(mailsOf(seller)),
    (mails) => count(mails, 'the review is overdue') >= 3,
    90_000,
  );
  expect(count(told, 'to be reviewed')).toBe(1);
  const late = await rig.as('operator').client.certification(seller, 'china');
  expect(late).toMatchObject({ node: 'UNDER_REVIEW', dueAt });
  expect(await give(seller, 'approve-certification')).toBe('CERTIFIED');
  await unwatch();
  const { log } = await rig.as('operator').client.certification(seller, 'china');
  expect(log.filter(({ note }) => note.startsWith('The review was not done in time')).length).toBe(
    count(mailsOf(seller), 'the review is overdue'),
  );
  await expectSoundRuns(seller);
});

test('many at once: each is answered, none has to be sent again', async () => {
  const seller = await newSeller('long-3');
  for (let n = 0; n < 4; n += 1) {
    const submitted = await Promise.all(Array.from({ length: 5 }, () => submit(seller)));
    expect(submitted.sort()).toEqual([...Array<string>(4).fill('NOT_ALLOWED_NOW'), 'UNDER_REVIEW']);
    const verdicts = await Promise.all([1, 2, 3, 4, 5].map(() => give(seller, 'approve-certification')));
    expect(verdicts.sort()).toEqual(['CERTIFIED', ...Array<string>(4).fill('NOT_ALLOWED_NOW')]);
    const contact = { financeContact: FINANCE_CONTACT };
    expect(await give(seller, 'update-finance-contact', contact)).toBe('UNDER_REVIEW');
    expect(await reject(seller)).toBe('REJECTED');
  }
  await expectSoundRuns(seller);
});
