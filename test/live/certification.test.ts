import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { CertificationAnswer } from '../../domain/certification/answer';
import { certificationWorkflowId } from '../../domain/ids';
import type { Problem } from '../../domain/answers';
import type { Role } from '../../domain/parties';
import { getCertification } from '../../db/certification/certifications';
import { certificationSubmissions } from '../../db/certification/schema';
import { steward } from '../cli/steward';
import { BUSINESS, FINANCE_CONTACT, NEW_CONTACT, SUBMISSION_SECRETS } from '../support/certification';
import { eventually } from '../support/eventually';
import { expectSound, secretsIn } from '../support/history-checks';
import { LiveRig } from '../support/live-rig';
import { tokenOf, type WireAnswer } from '../support/parties';
import { textOf } from '../support/payloads';
import { recordHistory } from '../support/record';
import { historiesOf } from '../../bench/histories';

/** Certifications through the API, in runs so short that they continue as new all the time. */

let rig: LiveRig;
let count = 0;
/** Of the running test; registered and never heard of. */
let sellerId: string;

beforeAll(async () => {
  const dynamicConfig = {
    'limit.historyCount.suggestContinueAsNew': '40',
    'history.workflowIdReuseMinimalInterval': '"1ms"',
  };
  rig = await LiveRig.start({ windows: 'standard', server: { dynamicConfig } });
});
beforeEach(async () => {
  count += 1;
  sellerId = `cert-${count}`;
  await rig.as('platform').client.putSeller(sellerId, {
    ...{ name: 'Seller', email: `${sellerId}@seller.example`, language: 'zh' },
    accessKey: 'an-access-key-of-a-test-seller',
  });
});
afterEach(async () => {
  for (const site of ['china', 'intl'] as const)
    await expectSoundRuns(certificationWorkflowId({ sellerId, site }));
});
afterAll(() => rig.end());

/** Every run of it replays and, like the server's description of it, tells nothing of what was submitted. */
async function expectSoundRuns(workflowId: string): Promise<void> {
  expect(secretsIn(rig.log(), SUBMISSION_SECRETS)).toEqual([]);
  const { client } = rig.runtime;
  const description = await handleOf(workflowId)
    .describe()
    .catch(() => undefined);
  if (!description) return;
  expect(secretsIn(await textOf(description.raw), SUBMISSION_SECRETS)).toEqual([]);
  for (const [n, history] of (await historiesOf(client, workflowId)).entries()) {
    await expectSound(history, workflowId);
    expect(secretsIn(await textOf(history), SUBMISSION_SECRETS)).toEqual([]);
    recordHistory(history, workflowId, String(n));
  }
}

const handleOf = (workflowId: string): WorkflowHandle => rig.runtime.client.workflow.getHandle(workflowId);

type Answer = WireAnswer<CertificationAnswer & Problem>;

/** Gives a command once: nothing has to be sent again. */
async function give(
  role: Role,
  command: string,
  data: object = {},
  key: string = randomUUID(),
  sub = sellerId,
): Promise<Answer> {
  const party = role === 'seller' ? await rig.other('seller', sub) : rig.as(role);
  const path = `/sellers/${sellerId}/certification/${command}`;
  return party.post<CertificationAnswer & Problem>(path, { site: 'china', ...data }, key);
}

const submission = (change: object = {}) => ({ ...BUSINESS, financeContact: FINANCE_CONTACT, ...change });
const submit = (key?: string) => give('seller', 'submit-certification', submission(), key);
const approve = () => give('operator', 'approve-certification');
const reject = (reason = 'Not legible') => give('operator', 'reject-certification', { reason });

const refused = ({ status, body: { code } }: Answer) => `${status} ${code}`;

const mailsTo = (address: string) =>
  rig.mailbox.mails.filter(({ to }) => to === address).map(({ subject }) => subject);

test('a seller is certified, and every move of it is in what parties see', async () => {
  const seller = (await rig.other('seller', sellerId)).client;
  expect(await seller.certification(sellerId, 'china')).toMatchObject({
    ...{ node: 'UNCERTIFIED', revision: 0, waitingFor: 'seller', business: null, financeContact: null },
    allowed: [{ command: 'submit-certification', roles: ['seller'] }],
  });
  const submitted = await submit();
  expect(submitted).toMatchObject({
    status: 200,
    body: {
      ...{ node: 'UNDER_REVIEW', nodeName: { zh: '认证中' }, waitingFor: 'operator', rejections: 0 },
      ...{ business: BUSINESS, financeContact: FINANCE_CONTACT },
    },
  });
  expect(submitted.body.dueAt).toMatch(/T00:00:00.000\+08:00$/);
  expect(await rig.as('operator').client.certification(sellerId, 'china')).toMatchObject({
    business: BUSINESS,
  });
  const approved = await approve();
  expect(approved.body).toMatchObject({ node: 'CERTIFIED', waitingFor: 'nobody', dueAt: null, reason: null });
  expect(approved.body.log.map(({ by, command, from, to }) => [by, command, from, to])).toEqual([
    ['seller', 'submit-certification', 'UNCERTIFIED', 'UNDER_REVIEW'],
    ['operator', 'approve-certification', 'UNDER_REVIEW', 'CERTIFIED'],
  ]);
  await eventually(
    () => Promise.resolve(mailsTo(`${sellerId}@seller.example`)),
    (mails) => mails.includes(`商业信息认证 ${sellerId}：认证已通过`),
  );
  await eventually(
    () => Promise.resolve(mailsTo('operators@market.example')),
    (mails) => mails.includes(`Certification of ${sellerId}: to be reviewed`),
  );
  // Of the other site nothing was said.
  expect(await seller.certification(sellerId, 'intl')).toMatchObject({ node: 'UNCERTIFIED' });
});

test('a change of the finance contact alone is reviewed, and keeps the rest', async () => {
  await submit();
  await approve();
  const changed = await give('seller', 'update-finance-contact', { financeContact: NEW_CONTACT });
  expect(changed.body).toMatchObject({
    node: 'UNDER_REVIEW',
    business: BUSINESS,
    financeContact: NEW_CONTACT,
  });
  await reject('Nobody answers there');
  const bank = { ...BUSINESS.bank, accountNumber: '1234567890' };
  const updated = await give('seller', 'update-certification', submission({ bank }));
  expect(updated.body).toMatchObject({
    ...{
      node: 'UNDER_REVIEW',
      business: { bank },
      financeContact: FINANCE_CONTACT,
      rejections: 1,
      reason: null,
    },
  });
});

test('after three rejections in a row only an operator lets the seller go on', async () => {
  for (let n = 1; n <= 3; n += 1) {
    expect(refused(await submit())).toBe('200 undefined');
    expect((await reject(`Wrong, ${n}`)).body).toMatchObject({ rejections: n, reason: `Wrong, ${n}` });
  }
  expect(refused(await submit())).toBe('409 CERTIFICATION_LOCKED');
  const contact = { financeContact: NEW_CONTACT };
  expect(refused(await give('seller', 'update-finance-contact', contact))).toBe('409 CERTIFICATION_LOCKED');
  expect(refused(await approve())).toBe('409 NOT_ALLOWED_NOW');
  expect((await give('operator', 'reopen-certification')).body).toMatchObject({
    rejections: 0,
    node: 'REJECTED',
  });
  expect(refused(await submit())).toBe('200 undefined');
  const runs = await historiesOf(rig.runtime.client, certificationWorkflowId({ sellerId, site: 'china' }));
  expect(runs.length).toBeGreaterThan(1);
});

test('of two verdicts at once one counts, and of two submissions', async () => {
  const submissions = await Promise.all([submit(), submit()]);
  expect(submissions.map(refused).sort()).toEqual(['200 undefined', '409 NOT_ALLOWED_NOW']);
  // What was not taken is forgotten.
  const kept = await rig.runtime.database.db.select().from(certificationSubmissions);
  expect(kept.filter((row) => row.sellerId === sellerId)).toHaveLength(1);
  const verdicts = await Promise.all([approve(), reject(), approve()]);
  expect(verdicts.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const { log } = await rig.as('operator').client.certification(sellerId, 'china');
  expect(log).toHaveLength(2);
});

test('the same request under the same key takes effect once, another one is refused', async () => {
  const first = await submit('key-1');
  expect(await submit('key-1')).toEqual(first);
  const other = submission({ taxNumber: '000000000000' });
  expect(refused(await give('seller', 'submit-certification', other, 'key-1'))).toBe(
    '409 IDEMPOTENCY_KEY_REUSED',
  );
  await approve();
  expect(await submit('key-1')).toEqual(first);
  expect(first.body.log).toHaveLength(1);
});

test('it is refused to others, before its time, and with what does not fit', async () => {
  expect(refused(await approve())).toBe('409 NOT_ALLOWED_NOW');
  for (const role of ['platform', 'buyer', 'carrier', 'operator'] as const) {
    expect(refused(await give(role, 'submit-certification', submission()))).toBe('403 FORBIDDEN');
  }
  expect(refused(await give('seller', 'approve-certification'))).toBe('403 FORBIDDEN');
  const stranger = await give('seller', 'submit-certification', submission(), undefined, 'somebody-else');
  expect(refused(stranger)).toBe('404 NOT_FOUND');
  const away = rig.as('operator').client.certification('nobody-1', 'china');
  await expect(away).rejects.toMatchObject({ status: 404, code: 'NOT_FOUND' });
  const buyer = rig.as('buyer').client.certification(sellerId, 'china');
  await expect(buyer).rejects.toMatchObject({ status: 403 });
  const strangersLook = (await rig.other('seller', 'somebody-else')).client.certification(sellerId, 'china');
  await expect(strangersLook).rejects.toMatchObject({ status: 404 });

  const bank = { ...BUSINESS.bank, accountName: '王小明' };
  const foreign = await give('seller', 'submit-certification', submission({ bank }));
  expect(refused(foreign)).toBe('400 BANK_ACCOUNT_NAME_DIFFERS');
  for (const body of [
    submission({ taxNumber: '' }),
    submission({ financeContact: { ...FINANCE_CONTACT, email: 'none' } }),
    submission({ site: 'mars' }),
    submission({ more: 1 }),
  ]) {
    expect(refused(await give('seller', 'submit-certification', body))).toBe('400 INVALID_REQUEST');
  }
  expect(refused(await give('operator', 'reject-certification'))).toBe('400 INVALID_REQUEST');
});

test('it is taken up where it stood after its run was ended from outside', async () => {
  await submit();
  const { revision } = (await reject()).body;
  const key = { sellerId, site: 'china' } as const;
  const { db } = rig.runtime.database;
  await eventually(
    () => getCertification(db, key),
    (kept) => kept?.revision === revision,
  );
  await handleOf(certificationWorkflowId(key)).terminate('By mistake');
  const again = await submit();
  expect(again.body).toMatchObject({ node: 'UNDER_REVIEW', rejections: 1 });
  expect(again.body.revision).toBeGreaterThan(revision);
  expect(again.body.log).toHaveLength(3);
  expect((await approve()).body).toMatchObject({ node: 'CERTIFIED', rejections: 0 });
});

test('the command line gives commands and shows how it stands', async () => {
  const as = async (role: Role, args: string[]) => {
    const token = await tokenOf(role, role === 'seller' ? sellerId : `${role}-1`);
    const env = { STEWARD_API: rig.apiUrl, STEWARD_TOKEN: token };
    return steward(['certification', ...args], { env });
  };
  const data = JSON.stringify(submission());
  const submitted = await as('seller', ['do', sellerId, 'submit-certification', '--data', data]);
  expect(submitted).toMatchObject({ stderr: '', exitCode: 0 });
  const { stdout } = await as('operator', ['show', sellerId]);
  expect(stdout).toMatch(/^Node +UNDER_REVIEW: Under review 认证中$/m);
  expect(stdout).toMatch(/^Waits for +operator, until .* 00:00:00 \(UTC\+8\)$/m);
  expect(stdout).toMatch(/^Company +上海示例软件有限公司$/m);
  expect(stdout).toMatch(/ seller +submit-certification +UNDER_REVIEW /);
  const intl = await as('operator', ['do', sellerId, 'approve-certification', '--site', 'intl']);
  expect(intl).toMatchObject({ stdout: '', exitCode: 1 });
  expect(intl.stderr).toContain('NOT_ALLOWED_NOW');
});
