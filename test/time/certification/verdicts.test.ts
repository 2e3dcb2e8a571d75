import { CertificationClock } from '../../support/certification-clock';

/** Certifications to each of their verdicts, with a calendar in which every day is a working day. */

let clock: CertificationClock;

beforeAll(async () => {
  clock = await CertificationClock.start();
});
beforeEach(() => clock.newSeller());
afterEach(() => clock.sound());
afterAll(() => clock.end());

let submissions = 0;
const submit = () => {
  submissions += 1;
  return clock.command('submit-certification', { submissionId: `S-${submissions}` });
};
const reject = (reason = 'Not legible') => clock.command('reject-certification', { reason });

test('a seller is certified, changes what it submitted, and is certified again', async () => {
  await submit();
  expect(await clock.command('approve-certification')).toMatchObject({ node: 'CERTIFIED' });
  await clock.command('update-certification', { submissionId: 'S-changed' });
  expect(await clock.view()).toMatchObject({
    ...{ node: 'UNDER_REVIEW', submissionId: 'S-changed', contactId: 'S-changed' },
  });
  await clock.command('approve-certification');
  await clock.command('update-finance-contact', { contactId: 'C-changed' });
  expect(await clock.view()).toMatchObject({ submissionId: 'S-changed', contactId: 'C-changed' });
  expect(await clock.command('approve-certification')).toMatchObject({
    ...{ node: 'CERTIFIED', waitingFor: 'nobody' },
  });
  expect(await clock.told(3, 'seller')).toEqual(Array(3).fill('certification-approved'));
});

test('a certification is rejected with a reason, until it is submitted anew', async () => {
  await submit();
  await reject('Another company');
  expect(await clock.view()).toMatchObject({
    ...{ node: 'REJECTED', waitingFor: 'seller', rejections: 1, reason: 'Another company', dueAt: null },
  });
  await expect(clock.command('approve-certification')).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW' });
  await submit();
  expect(await clock.view()).toMatchObject({ node: 'UNDER_REVIEW', rejections: 1, reason: null });
  expect(await clock.told(1, 'seller')).toEqual(['certification-rejected']);
});

test('a certification that was rejected three times in a row is locked, until an operator reopens it', async () => {
  for (let n = 1; n <= 3; n += 1) {
    await submit();
    await reject();
  }
  expect(await clock.view()).toMatchObject({ node: 'REJECTED', waitingFor: 'operator', rejections: 3 });
  await expect(submit()).rejects.toMatchObject({ code: 'CERTIFICATION_LOCKED' });
  expect(await clock.command('reopen-certification')).toMatchObject({
    ...{ node: 'REJECTED', waitingFor: 'seller' },
  });
  await submit();
  await clock.command('approve-certification');
  expect(await clock.view()).toMatchObject({ node: 'CERTIFIED', rejections: 0, reason: null });
  expect(await clock.told(5, 'seller')).toEqual([
    ...Array<string>(3).fill('certification-rejected'),
    ...['certification-reopened', 'certification-approved'],
  ]);
});
