import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { demoClients } from '../../cli/up/clients';
import { countLent, hand, type Hand } from '../../cli/up/hand';
import { lendHand } from '../../cli/up/lend';
import { closingJson, describe as lineOf, unseen, type Progress } from '../../cli/up/progress';
import type { LogEntryAnswer, OrderLineAnswer } from '../../client';
import type { Command } from '../../domain/commands';
import { ERRORS, type ErrorCode } from '../../domain/errors';
import type { Node } from '../../domain/nodes';
import { ROLES, type Role } from '../../domain/parties';
import { orderBody } from '../support/orders';

/** The moves that the demo makes itself. */

const CLAIM: Hand = { when: { node: 'CLAIMING' }, by: 'buyer', command: 'claim-license', data: {} };
const REFUSED: Hand = {
  when: { node: 'ACTIVATING' },
  by: 'buyer',
  command: 'request-unsubscription',
  data: { amount: { currency: 'CNY', minor: 1 }, reason: 'Bought twice' },
  refused: 'LICENSE_CLAIMED',
};
const ACTIVATE: Hand = { when: { node: 'ACTIVATING' }, by: 'seller', does: 'activate-license' };

describe('what a hand is', () => {
  it.each([
    [{ ...CLAIM, by: 'seller' }, 'claim-license takes buyer'],
    [{ ...REFUSED, data: { reason: 'No amount' } }, '"amount"'],
    [{ ...REFUSED, refused: 'NO_SUCH_CODE' }, 'a code of domain/errors.ts'],
    [{ ...ACTIVATE, by: 'buyer' }, 'expected \\"seller\\"'],
  ])('%j is none: %s', (one, why) => {
    expect(JSON.stringify(hand.safeParse(one).error?.issues)).toContain(why);
  });
});

describe('how many have been lent', () => {
  const entry = (by: Role | 'steward', command: Command | null): LogEntryAnswer => ({
    ...{ at: '2026-11-23T10:00:00+08:00', by, command },
    ...{ from: 'CLAIMING', to: 'ACTIVATING', note: '' },
  });
  const claimed = entry('buyer', 'claim-license');
  const activated = entry('seller', null);
  const hands = [CLAIM, REFUSED, ACTIVATE];

  it.each([
    ['none', [], 0],
    ['none by what Steward did itself', [entry('steward', null)], 0],
    ['none by the same of another role', [entry('operator', 'claim-license')], 0],
    ['the first', [claimed], 1],
    ['the refused one too, when what follows it was done', [claimed, entry('steward', null), activated], 3],
    ['none out of its turn', [activated], 0],
  ])('%s', (_, log, lent) => expect(countLent(hands, log)).toBe(lent));

  it('a repayment, which the log does not tell, when what follows it was done', () => {
    const repaid: Hand = { when: { node: 'CLAIMING' }, by: 'platform', does: 'record-repayment' };
    expect(countLent([repaid, CLAIM], [])).toBe(0);
    expect(countLent([repaid, CLAIM], [claimed])).toBe(2);
  });

  it('counts the same command twice where it is there twice', () => {
    const twice = [CLAIM, CLAIM];
    expect(countLent(twice, [claimed])).toBe(1);
    expect(countLent(twice, [claimed, claimed])).toBe(2);
  });
});

describe('lending', () => {
  /** Steward, as far as a hand sees it: what it was asked, and what it answers. */
  let asked: { url: string | undefined; role: string | undefined; key: unknown; body: unknown }[];
  let answers: object[];
  const server = createServer((request: IncomingMessage, response) => {
    void (async () => {
      const { url, headers } = request;
      const body = request.method === 'POST' ? await json(request) : undefined;
      asked.push({ url, role: headers.authorization?.slice(7), key: headers['idempotency-key'], body });
      const answer = answers.shift() ?? {};
      const status = 'code' in answer ? ERRORS[answer.code as ErrorCode].status : 200;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    })();
  });
  const refusedWith = (code: ErrorCode) => ({ code, detail: 'told' });

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  beforeEach(() => (asked = []));
  afterAll(() => void server.close());

  function at(node: Node, one: Hand): Progress {
    const sample = {
      title: 'A sample',
      expected: 'COMPLETED' as const,
      end: 'ENDED' as const,
      seller: ['open'] as const,
    };
    const before = unseen({ ...sample, hands: [one], order: orderBody('CS-HAND') });
    return { ...before, line: { node, status: 'PROCESSING', dueAt: null } as OrderLineAnswer };
  }

  async function lend(progress: Progress, ...given: object[]): Promise<Progress> {
    answers = given;
    const { port } = server.address() as AddressInfo;
    const tokens = Object.fromEntries(ROLES.map((role) => [role, role])) as Record<Role, string>;
    return lendHand(demoClients(`http://127.0.0.1:${port}`, tokens), progress);
  }

  it('gives the command as its party, under a key of its own', async () => {
    const progress = at('CLAIMING', CLAIM);
    expect(await lend(progress, {})).toEqual({ ...progress, lent: 1 });
    expect(asked).toEqual([
      { url: '/v1/orders/CS-HAND/claim-license', role: 'buyer', key: 'demo-CS-HAND-0', body: {} },
    ]);
  });

  it('waits for its node, and lends none twice', async () => {
    const early = at('DELIVERING', CLAIM);
    const done = { ...at('CLAIMING', CLAIM), lent: 1 };
    expect([await lend(early), await lend(done), asked]).toEqual([early, done, []]);
  });

  it.each(['NOT_ALLOWED_NOW', 'CALL_IN_PROGRESS', 'ORDER_ENDED', 'RATE_LIMITED'] as const)(
    'tries again after %s',
    async (code) => {
      const progress = at('CLAIMING', CLAIM);
      expect(await lend(progress, refusedWith(code))).toEqual(progress);
    },
  );

  it('is done when it is refused as it has to be', async () => {
    const progress = at('ACTIVATING', REFUSED);
    expect(await lend(progress, refusedWith('LICENSE_CLAIMED'))).toEqual({ ...progress, lent: 1 });
  });

  it.each([
    ['was not refused with LICENSE_CLAIMED', {}],
    ['was refused with APPEAL_OPEN', refusedWith('APPEAL_OPEN')],
    ['was refused with NOT_ALLOWED_NOW', refusedWith('NOT_ALLOWED_NOW')],
  ])('a sample fails when what had to be refused %s', async (how, answer) => {
    const progress = await lend(at('ACTIVATING', REFUSED), answer);
    expect(lineOf(progress)).toMatch(`✗ request-unsubscription ${how}: A sample`);
    expect(closingJson([progress])).toMatchObject({ ok: false });
  });

  it('a sample fails when what had to be taken is refused, even if its line ends as expected', async () => {
    const progress = await lend(at('CLAIMING', CLAIM), refusedWith('UNSUBSCRIPTION_PENDING'));
    const ended = {
      ...progress,
      line: { ...progress.line!, node: 'ENDED' as const, status: 'COMPLETED' as const },
    };
    expect(closingJson([ended])).toMatchObject({ ok: false });
    expect(closingJson([{ ...ended, fault: null }])).toMatchObject({ ok: true });
  });

  it('tells of a repayment for the moment of the last move, as the platform, once the line has one', async () => {
    const repaid: Hand = { when: { node: 'DELIVERING' }, by: 'platform', does: 'record-repayment' };
    const progress = at('DELIVERING', repaid);
    const moved = '2026-11-23T10:00:00.000+08:00';
    const log = [{ at: moved }] as LogEntryAnswer[];
    expect(await lend({ ...progress, line: { ...progress.line!, log: [] } })).toMatchObject({ lent: 0 });
    expect(await lend({ ...progress, line: { ...progress.line!, log } }, {})).toMatchObject({ lent: 1 });
    expect(asked).toEqual([
      {
        ...{ url: '/v1/orders/CS-HAND/record-repayment', role: 'platform' },
        ...{ key: 'demo-CS-HAND-0', body: { at: moved } },
      },
    ]);
  });

  it('takes the licence code from the buyer’s copy to the seller’s software, once it is there', async () => {
    const progress = at('ACTIVATING', ACTIVATE);
    expect(await lend(progress, { lines: [{}] })).toEqual(progress);
    expect(asked.map(({ role }) => role)).toEqual(['buyer']);

    expect(await lend(progress, { lines: [{ licenseCode: 'CODE' }] }, {})).toEqual({ ...progress, lent: 1 });
    expect(asked.at(-1)).toEqual({
      ...{ url: '/v1/licenses/activate', role: 'seller' },
      ...{ key: 'demo-CS-HAND-0', body: { license: 'CODE' } },
    });
  });
});
