import { createHash } from 'node:crypto';
import { agreementMissing } from '../../db/agreements';
import { agreementSignatures } from '../../db/schema';
import type { AgreementAnswer, SignatureAnswer } from '../../domain/agreement';
import type { Role } from '../../domain/parties';
import { expectProblem, registerSeller, send, startRig, tokenOf, type Rig } from './rig';

/** The agreement (合作协议): published by operators, signed by sellers, each version with its text. */

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
  await registerSeller(rig, 'S1');
  await registerSeller(rig, 'S2');
});
afterEach(() => rig.close());

const TEXT = '第一条 甲乙双方 …\n  Article 1.  \n';
const SHA256 = createHash('sha256').update(TEXT, 'utf8').digest('hex');

async function call<Body>(role: Role, sub: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const authorization = `Bearer ${await tokenOf(role, sub)}`;
  const request = { method, url: `/v1/agreements${url}`, headers: { authorization } };
  return send<Body>(rig.app, { ...request, ...(payload && { payload }) });
}
const publish = (version: string, text = TEXT) =>
  call<AgreementAnswer>('operator', 'operator-1', 'POST', '', { version, text });
const read = (version: string, sellerId: string) =>
  call<AgreementAnswer>('seller', sellerId, 'GET', `/${version}`);
const sign = (version: string, sellerId: string) =>
  call<SignatureAnswer>('seller', sellerId, 'POST', `/${version}/sign-agreement`);
const missing = (sellerId: string) => agreementMissing(rig.db, sellerId);

test('a version is published once, to the last space, and not with another text', async () => {
  const first = await publish('v1');
  expect(first).toMatchObject({ status: 201, body: { text: TEXT, sha256: SHA256, current: true } });
  expect(await publish('v1')).toMatchObject({ status: 200, body: first.body });
  expectProblem(await publish('v1', TEXT.trim()), 409, 'AGREEMENT_CONFLICT');
  expect((await read('v1', 'S1')).body).toMatchObject({ text: TEXT, sha256: SHA256, signedAt: null });
  expectProblem(await read('v2', 'S1'), 404, 'NOT_FOUND');
});

test('a seller has to sign the newest version, each by itself', async () => {
  expect(await missing('S1')).toBeNull();
  await publish('v1');
  expect(await missing('S1')).toBe('v1');
  const signed = await sign('v1', 'S1');
  expect(signed).toMatchObject({ status: 200, body: { sellerId: 'S1', version: 'v1', sha256: SHA256 } });
  expect(await missing('S1')).toBeNull();
  expect(await missing('S2')).toBe('v1');
  expect((await read('v1', 'S1')).body.signedAt).toBe(signed.body.signedAt);
  expect((await read('v1', 'S2')).body.signedAt).toBeNull();

  await publish('v2', 'Something else');
  expect(await missing('S1')).toBe('v2');
  expect((await read('v1', 'S1')).body.current).toBe(false);
  const outdated = expectProblem(await sign('v1', 'S2'), 409, 'AGREEMENT_OUTDATED');
  expect(outdated.detail).toContain('sign v2');
  // What was signed stays signed, and publishing an old version again changes nothing.
  expect((await sign('v1', 'S1')).body).toEqual(signed.body);
  await publish('v1');
  expect(await missing('S1')).toBe('v2');
  await sign('v2', 'S1');
  expect(await missing('S1')).toBeNull();
  const kept = await rig.db.select().from(agreementSignatures);
  expect(kept.map(({ version, sellerId }) => [version, sellerId]).sort()).toEqual([
    ['v1', 'S1'],
    ['v2', 'S1'],
  ]);
});

test('of twenty signatures at once one is kept, and all hear of it', async () => {
  await publish('v1');
  const all = await Promise.all(Array.from({ length: 20 }, () => sign('v1', 'S1')));
  expect(new Set(all.map(({ status, body }) => `${status} ${body.signedAt}`)).size).toBe(1);
  expect(await rig.db.select().from(agreementSignatures)).toHaveLength(1);
});

test('of two texts published at once one is kept', async () => {
  const all = await Promise.all([publish('v1', 'One'), publish('v1', 'Other')]);
  expect(all.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test('operators publish, sellers sign, and nobody else does either', async () => {
  await publish('v1');
  for (const role of ['platform', 'seller', 'buyer', 'carrier'] as const) {
    expectProblem(await call(role, 'S1', 'POST', '', { version: 'v2', text: TEXT }), 403, 'FORBIDDEN');
  }
  for (const role of ['platform', 'operator', 'buyer', 'carrier'] as const) {
    expectProblem(await call(role, 'S1', 'POST', '/v1/sign-agreement'), 403, 'FORBIDDEN');
  }
  expectProblem(await call('buyer', 'B1', 'GET', '/v1'), 403, 'FORBIDDEN');
  expectProblem(await sign('v1', 'S9'), 404, 'NOT_FOUND');
  expectProblem(await sign('v9', 'S1'), 404, 'NOT_FOUND');
});

test.each([
  ['no text', { version: 'v1', text: '' }],
  ['no version', { text: TEXT }],
  ['a version that is no id', { version: 'v 1', text: TEXT }],
  ['a text that SQL cannot hold', { version: 'v1', text: 'a\0b' }],
  ['half a character', { version: 'v1', text: 'a\ud800b' }],
])('%s is refused', async (_what, body) => {
  expectProblem(await call('operator', 'operator-1', 'POST', '', body), 400, 'INVALID_REQUEST');
});
