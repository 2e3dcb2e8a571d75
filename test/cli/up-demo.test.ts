import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSamples } from '../../cli/up/samples';
import type { Settled } from '../../cli/settle';
import { StewardClient, type OrderLineAnswer } from '../../client';
import type { Status } from '../../domain/nodes';
import { CARD, cardRow } from '../support/card';
import { processesOf } from '../support/processes';
import type { UpEnded } from '../support/up';
import { atHome, endAllHomes, type UpHome } from '../support/up-home';

/** The sample orders of `npm start`, as a person or a script sees them end. */

const MINUTES = 300_000;

afterAll(endAllHomes);

/** The samples in the order of their files: how each has to end, and after how many calls. */
const ENDS: [string, Status, number][] = [
  ['CS2611-OPENED-AT-ONCE', 'COMPLETED', 1],
  ['CS2611-ACCEPTED-THEN-READY', 'COMPLETED', 1],
  ['CS2611-FAILS-TWICE', 'COMPLETED', 3],
  ['CS2611-NEVER-READY', 'UNSUBSCRIBED', 1],
  ['CS2611-HANGS', 'UNSUBSCRIBED', 4],
  ['CS2611-RESTARTED-BY-HAND', 'COMPLETED', 2],
  ['CS2611-SENT-BACK', 'COMPLETED', 0],
  ['CS2611-REVIEWED-SERVICE', 'COMPLETED', 0],
  ['CS2611-REDELIVERED', 'COMPLETED', 0],
  ['CS2611-LICENSE-OFFLINE', 'COMPLETED', 0],
  ['CS2611-LICENSE-CODE', 'COMPLETED', 0],
  ['CS2611-CLAIMED-NO-REFUND', 'COMPLETED', 0],
  ['CS2611-LICENSE-DEVICE', 'COMPLETED', 0],
  ['CS2611-APPEAL-RESUMED', 'COMPLETED', 0],
  ['CS2611-NEGOTIATED-REFUND', 'UNSUBSCRIBED', 0],
  ['CS2611-APPEAL-REFUNDED', 'UNSUBSCRIBED', 0],
  ['CS2611-AUTO-ACCEPTED', 'COMPLETED', 0],
  ['CS2611-PHONE-MISMATCH', 'COMPLETED', 0],
  ['CS2611-ADDRESS-CHANGED', 'COMPLETED', 0],
  ['CS2611-SHIPPED-AGAIN', 'COMPLETED', 0],
  ['CS2611-REFUNDED-IN-TRANSIT', 'UNSUBSCRIBED', 0],
  ['CS2611-FIVE-DAY-REFUND', 'UNSUBSCRIBED', 1],
  ['CS2611-IMAGE', 'COMPLETED', 0],
  ['CS2611-ON-CREDIT', 'COMPLETED', 0],
  ['CS2611-CREDIT-REPAID', 'COMPLETED', 0],
  ['CS2611-LEFT-OPEN', 'PROCESSING', 0],
];
const ORDERS = ENDS.map(([orderId, status, calls]) => ({
  orderId,
  expected: status,
  status,
  node: status === 'PROCESSING' ? 'ACCEPTING' : 'ENDED',
  calls,
}));

/** What the samples come to when their month is closed, each site by itself. */
const SETTLED = [
  {
    ...{ site: 'china', sellers: 1, transactions: 16 },
    totals: [
      bill('general', 'CNY', 13, 242_980_00, 20_689_00, 222_291_00),
      bill('joint', 'CNY', 3, 208_000_00, 15_440_00, 192_560_00),
    ],
    keptBack: [
      kept('NOT_REPAID', 27_000_00, 2_700_00, 24_300_00),
      kept('SUPERVISION_NOT_FINISHED', 18_000_00, 1_800_00, 16_200_00),
    ],
  },
  {
    ...{ site: 'intl', sellers: 1, transactions: 2 },
    totals: [
      bill('general', 'USD', 1, 960_00, 144_00, 816_00),
      bill('joint', 'USD', 1, 12_500_00, 1_000_00, 11_500_00),
    ],
    keptBack: [],
  },
];

function bill(
  ...[variant, currency, transactions, grossMinor, feeMinor, netMinor]: [string, string, ...number[]]
) {
  const none = { refundsMinor: 0, carriedInMinor: 0, depositUsedMinor: 0, owedMinor: 0, carriedOutMinor: 0 };
  return {
    ...{ variant, currency, bills: 1, transactions, grossMinor, feeMinor, netMinor, ...none },
    payableMinor: netMinor,
  };
}

function kept(reason: string, grossMinor: number, feeMinor: number, netMinor: number) {
  return { reason, currency: 'CNY', transactions: 1, grossMinor, refundsMinor: 0, feeMinor, netMinor };
}

/** The runs of the month, done in this start or in an earlier one. */
const settled = (before: boolean) =>
  SETTLED.map((run) => expect.objectContaining({ ...run, before }) as Settled);

/** Its bills are led to their payments, those of each flow. */
const PAID = ['china/general/CNY', 'china/joint/CNY', 'intl/general/USD', 'intl/joint/USD'].map((of) => ({
  billId: expect.stringMatching(`^seller-1/\\d{6}/${of}$`) as string,
  ...{ expected: 'PAID', node: 'PAID' },
  paymentId: expect.stringMatching(/^PAY-/) as string,
}));

/** What people see of it. */
const BILLS = new RegExp(
  [
    /^china \d{6} is billed: 1 seller, 16 transactions$/,
    /[^]*^general +1 +13 +242980\.00 CNY +0\.00 CNY +20689\.00 CNY +222291\.00 CNY +222291\.00 CNY$/,
    /[^]*^customer has not repaid +1 +27000\.00 CNY/,
    /[^]*^supervision not finished +1 +18000\.00 CNY/,
    /[^]*^intl \d{6} is billed: 1 seller, 2 transactions$/,
    /[^]*npx steward transactions list --period \d{6}/,
  ]
    .map(({ source }) => source)
    .join(''),
  'm',
);

function lastLine({ stdout }: UpEnded): unknown {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
}

test.concurrent(
  'npm start -- --exit runs all samples, ends with 0 and JSON, and leaves no process; again it has nothing to do',
  () =>
    atHome(async (home) => {
      const first = await home.npmStart('--exit').ended;
      expect(lastLine(first)).toEqual({ orders: ORDERS, settled: settled(false), bills: PAID, ok: true });
      expect(first.stdout).toMatch(BILLS);
      expect(first.stdout).toMatch(/^✓ The seller looks at its bills and is told: .*2026-11/m);
      expect(first.stdout).toMatch(/intl\/joint\/USD +INVOICE_VALIDATING .*, overdue$/m);
      expect(first.stdout).toMatch(
        /china\/joint\/CNY +AWAITING_INVOICE [^]*china\/joint\/CNY +AWAITING_INVOICE /m,
      );
      expect(first.exitCode).toBe(0);
      expect(await processesOf(home.folder)).toEqual([]);

      const second = await home.npmStart('--exit').ended;
      expect(lastLine(second)).toEqual({ orders: ORDERS, settled: settled(true), bills: PAID, ok: true });
      expect(second.exitCode).toBe(0);
      // Each line is shown once, as it ended: nothing moved.
      expect(second.stdout.match(/^CS2611-.*/gm)).toEqual(
        ORDERS.map(({ orderId, node }) => expect.stringMatching(`^${orderId} +${node} .*✓`) as unknown),
      );
      expect(await processesOf(home.folder)).toEqual([]);
    }),
  MINUTES,
);

/** Who did what in each sample, without the platform's order and what Steward does itself. */
async function movesOf(home: UpHome): Promise<Record<string, string[]>> {
  const running = home.up('--empty');
  const [card] = await running.says(CARD);
  const operator = new StewardClient({ baseUrl: home.apiUrl, token: cardRow(card, 'Token operator') });
  const orders = await Promise.all(ORDERS.map(({ orderId }) => operator.getOrder(orderId)));
  await running.ctrlC();
  const moves = ({ log }: OrderLineAnswer) =>
    log.flatMap(({ by, command }) =>
      by === 'steward' || by === 'platform' ? [] : `${by} ${command ?? 'activate-license'}`,
    );
  return Object.fromEntries(orders.map(({ orderId, lines }) => [orderId, lines.flatMap(moves)]));
}

/** What the hands of the supervised samples do, each once; a refused one moves nothing. */
async function handsOf(): Promise<Record<string, string[]>> {
  const samples = await readSamples();
  const supervised = samples.filter(({ order }) => order.lines.every(({ delivery }) => delivery !== 'saas'));
  return Object.fromEntries(
    supervised.map(({ order, hands }) => [
      order.orderId,
      hands.flatMap((hand) => {
        if (hand.by === 'platform') return [];
        if (!('command' in hand)) return `${hand.by} ${hand.does}`;
        return hand.refused === undefined ? `${hand.by} ${hand.command}` : [];
      }),
    ]),
  );
}

test.concurrent(
  'killed by kill −9 in the middle, a second start goes on: every sample ends as expected, no hand acts twice',
  () =>
    atHome(async (home) => {
      const killed = home.up('--exit');
      // The moment in which the demo makes its next moves, of a refused one, too.
      await killed.says(/^CS2611-CLAIMED-NO-REFUND +ACTIVATING /m);
      expect(await killed.signal('SIGKILL')).toMatchObject({ exitCode: null });

      const next = await home.up('--exit').ended;
      // A call that the kill cut off was not answered and is not counted.
      const orders = ORDERS.map((order) => ({ ...order, calls: expect.any(Number) as unknown }));
      expect(lastLine(next)).toEqual({
        orders,
        settled: SETTLED.map((run) => expect.objectContaining(run) as Settled),
        bills: PAID,
        ok: true,
      });
      expect(next.exitCode).toBe(0);
      expect(await movesOf(home)).toMatchObject(await handsOf());
      expect(await processesOf(home.folder)).toEqual([]);
      // However long it looks on, it leaves the API's limit to the person who tries the printed tokens.
      expect(readFileSync(join(home.folder, 'steward.log'), 'utf8')).not.toContain('"statusCode":429');
    }),
  MINUTES,
);
