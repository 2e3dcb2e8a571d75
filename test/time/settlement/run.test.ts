import { settlementWorkflowId } from '../../../domain/ids';
import { lastPeriodOver } from '../../../domain/ledger/account-period';
import { settlementQuery } from '../../../workflows/messages';
import { SettlementClock } from '../../support/settlement-clock';
import { TameLedger } from '../../support/tame-ledger';

let clock: SettlementClock;

beforeAll(async () => {
  clock = await SettlementClock.start();
});
afterAll(() => clock.end());

it('bills every seller once, page by page, and tells how far it is', async () => {
  clock.ledger = new TameLedger(250);
  const run = await clock.settle({ site: 'china', period: '202609' });
  const totals = [expect.objectContaining({ variant: 'general', currency: 'CNY', grossMinor: 25_000_00 })];
  expect(await run.result()).toEqual({ sellers: 250, transactions: 250, totals, keptBack: [] });
  expect(clock.ledger.billed).toEqual([...new Set(clock.ledger.billed)]);
  expect(clock.ledger.billed).toHaveLength(250);
  expect(await run.query(settlementQuery)).toEqual({
    ...{ site: 'china', period: '202609', phase: 'CLOSED' },
    due: { sellers: 250, transactions: 250 },
    done: { sellers: 250, transactions: 250, bills: 250 },
  });
  await clock.sound(run.workflowId);
});

it('shows on its page in the Temporal UI what it came to', async () => {
  clock.ledger = new TameLedger(3);
  const run = await clock.settle({ site: 'china', period: '202607' });
  await run.result();
  const { currentDetails } = await run.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
  expect(currentDetails?.split('\n')).toEqual([
    '**The month is billed** (CLOSED, site china, month 202607)',
    '',
    '- **Sellers:** 3 of 3',
    '- **Transactions:** 3 of 3',
    '- **Bills:** 3',
    '- **general CNY**, 3 bills: gross 300.00 CNY, refunds 0.00 CNY, fee 30.00 CNY, net 270.00 CNY, payable 270.00 CNY',
    '',
    'What is not billed yet, and why: `steward transactions list --billing-state PENDING`.',
  ]);
  await clock.sound(run.workflowId);
});

it('goes on after the database was away for hours, with each step made once', async () => {
  clock.ledger = new TameLedger(45);
  const away = (await clock.now()) + 3 * 3_600_000;
  const { billSellers } = clock.ledger;
  clock.ledger.billSellers = async (page) => {
    if (page.after !== null && (await clock.now()) < away) throw new Error('The database is away');
    return billSellers(page);
  };
  const run = await clock.settle({ site: 'intl', period: '202609' });
  await clock.skipTo(away);
  expect(clock.ledger.billed).toHaveLength(20);
  await clock.skipTo(away + 120_000);
  await run.result();
  expect(clock.ledger.billed).toHaveLength(45);
  await clock.sound(run.workflowId);
});

it('of a period that the ledger has closed bills nothing', async () => {
  clock.ledger = new TameLedger(5);
  clock.ledger.openRun = () => Promise.resolve({ cutOff: 0, sellers: 5, transactions: 5, closed: true });
  const run = await clock.settle({ site: 'intl', period: '202608' });
  expect(await run.result()).toMatchObject({ sellers: 5 });
  expect(clock.ledger.billed).toEqual([]);
  await clock.sound(run.workflowId);
});

it('of a month without any transaction closes at once', async () => {
  clock.ledger = new TameLedger(0);
  const run = await clock.settle({ site: 'china', period: '202001' });
  expect(await run.result()).toMatchObject({ sellers: 0 });
  expect(clock.ledger.closed).toHaveLength(1);
  await clock.sound(run.workflowId);
});

it('is refused for what is no month, and for one that is not over', async () => {
  clock.ledger = new TameLedger(1);
  const present = lastPeriodOver((await clock.now()) + 32 * 86_400_000);
  const refused = async (period: string): Promise<unknown> => {
    const run = await clock.settle({ site: 'china', period });
    return run.result().catch((error: unknown) => (error as { cause?: { type?: string } }).cause?.type);
  };
  expect(await refused('2026-10')).toBe('PERIOD_INVALID');
  expect(await refused('202613')).toBe('PERIOD_INVALID');
  expect(await refused(present)).toBe('PERIOD_NOT_OVER');
  expect(await refused('209901')).toBe('PERIOD_NOT_OVER');
  expect(clock.ledger.opened).toEqual([]);
  await clock.sound(settlementWorkflowId({ site: 'china', period: present }));
});

it('can be looked at before, and then nothing is written', async () => {
  clock.ledger = new TameLedger(7);
  const preview = await clock.preview({ site: 'china', period: '202609' });
  expect(await preview.result()).toEqual({ closed: false, sellers: 7, due: [], keptBack: [] });
  expect(clock.ledger.opened).toEqual([]);
  await clock.sound(preview.workflowId);
});
