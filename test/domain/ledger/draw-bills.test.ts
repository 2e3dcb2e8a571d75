import { drawBills, mergeSums, type BillSums } from '../../../domain/ledger/draw-bills';

const RUN = { site: 'china', period: '202610' } as const;
const sums = (netMinor: number, carriedInMinor = 0, variant: BillSums['variant'] = 'general'): BillSums => ({
  ...{ sellerId: 'S1', variant, currency: 'CNY', transactions: 1, feeMinor: 0 },
  ...{ grossMinor: Math.max(0, netMinor), refundsMinor: Math.min(0, netMinor), netMinor, carriedInMinor },
});
const deposit = (minor: number, currency = 'CNY') => ({ sellerId: 'S1', currency, minor });
const drawn = (parts: BillSums[], deposits: ReturnType<typeof deposit>[] = []) =>
  drawBills(RUN, parts, deposits).map((bill) => ({
    payable: bill.payableMinor,
    carried: bill.carriedOutMinor,
    deposit: bill.depositUsedMinor,
    owed: bill.owedMinor,
  }));

test.each([
  ['what is positive is paid', sums(100), { payable: 100, carried: 0, deposit: 0, owed: 0 }],
  ['nothing is nothing', sums(0), { payable: 0, carried: 0, deposit: 0, owed: 0 }],
  ['what is negative is carried over', sums(-100), { payable: 0, carried: -100, deposit: 0, owed: 0 }],
  ['what was carried over is deducted', sums(100, -60), { payable: 40, carried: 0, deposit: 0, owed: 0 }],
  ['to the last unit', sums(60, -60), { payable: 0, carried: 0, deposit: 0, owed: 0 }],
  ['negative again, the deposit is used', sums(0, -20), { payable: 0, carried: 0, deposit: 20, owed: 0 }],
  ['and what remains is owed', sums(-10, -60), { payable: 0, carried: 0, deposit: 50, owed: 20 }],
])('%s', (_name, part, bill) => {
  expect(drawn([part], [deposit(50)])).toEqual([bill]);
});

test('a deposit is used once, by bills of its currency', () => {
  const parts = [sums(0, -40), sums(0, -40, 'joint')];
  expect(drawn(parts, [deposit(50), deposit(90, 'USD')])).toMatchObject([
    { deposit: 40, owed: 0 },
    { deposit: 10, owed: 30 },
  ]);
  expect(drawn(parts)).toMatchObject([{ owed: 40 }, { owed: 40 }]);
});

test('what belongs into one bill is added up, in the order of the ids', () => {
  const merged = mergeSums(RUN, [
    sums(5, 0, 'joint'),
    sums(100),
    { ...sums(0, -30), transactions: 0 },
    sums(7),
  ]);
  expect(merged).toMatchObject([
    { variant: 'general', transactions: 2, grossMinor: 107, netMinor: 107, carriedInMinor: -30 },
    { variant: 'joint', netMinor: 5 },
  ]);
});
