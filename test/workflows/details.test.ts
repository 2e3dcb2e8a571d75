import type { OrderLine } from '../../domain/order-line';
import { WINDOWS } from '../../domain/windows';
import { details } from '../../workflows/details';
import { Line } from '../../workflows/line';
import { newState } from '../../workflows/state';
import { unsubscribe } from '../../workflows/steps/unsubscribe';

const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const ORDER: OrderLine = {
  orderId: 'O-1',
  orderLineId: 'O-1-000001',
  orderType: 'NEW',
  site: 'china',
  sellerId: 'seller-1',
  buyerId: 'buyer-1',
  productId: 'product-1',
  skuId: 'sku-1',
  delivery: 'saas',
  charging: { mode: 'ONE_TIME' },
  amount: { currency: 'CNY', minor: 990_000 },
  trial: false,
  feeRate: 0,
};

function lineJustPlaced(): Line {
  return new Line(ORDER, WINDOWS.standard, newState(ORDER, NOW));
}

test('tells what failed, how often, what comes next and until when', () => {
  const line = lineJustPlaced();
  line.state.calls.newInstance = 2;
  line.state.create = { n: 3, dueAt: NOW };
  line.state.exception = 'The server did not answer completely in time';
  line.change({ dueAt: NOW }, { note: 'newInstance call 2 failed.' });
  const page = details(line);
  expect(page).toContain('**Opening at the seller · 开通中** (OPENING, status PROCESSING)');
  expect(page).toContain('**Whose move:** seller');
  expect(page).toContain('**Until:** 2026-11-23 10:00:00 (UTC+8)');
  expect(page).toContain('**Next:** Due call 3 of 4 at 2026-11-23 10:00:00 (UTC+8)');
  expect(page).toContain('**Calls to the seller:** newInstance 2, none succeeded');
  expect(page).toContain('**Last failed call:** The server did not answer completely in time');
  expect(page).toContain('steward: newInstance call 2 failed.');
});

test('tells of goods where they are, whether they will be accepted automatically, and to compare the address', () => {
  const order: OrderLine = { ...ORDER, delivery: 'hardware' };
  const line = new Line(order, WINDOWS.standard, newState(order, NOW));
  line.state.addressChanges = 2;
  expect(details(line)).toContain('**Parcel:** not shipped');
  expect(details(line)).toContain('**Address:** changed, 2 in all; compare it before shipping');
  expect(details(line)).not.toContain('Automatic acceptance');
  line.state.node = 'ACCEPTING';
  line.state.shipment = {
    ...{ n: 1, carrier: 'some_carrier', trackingNumber: 'SF-00000001', shippedAt: NOW, info: 'VALID' },
    ...{ state: 'IN_TRANSIT', stateAt: NOW, learnedAt: NOW },
  };
  expect(details(line)).toContain(
    '**Parcel:** some\\_carrier SF\\-00000001, in transit since 2026\\-11\\-23 10\\:00\\:00 \\(UTC\\+8\\)',
  );
  expect(details(line)).toContain('**Automatic acceptance:** only after the carrier says');
  line.state.shipment.info = 'CARRIER_UNKNOWN';
  expect(details(line)).toContain('**Automatic acceptance:** none: the carrier cannot be tracked');
  expect(details(lineJustPlaced())).not.toContain('**Parcel:**');
});

test('shows the latest five entries, the newest first, and who gave a command', () => {
  const line = lineJustPlaced();
  for (const n of [1, 2, 3, 4, 5]) line.change({}, { note: `entry ${n}` });
  line.change({}, { by: 'seller', command: 'restart-call', note: 'entry 6' });
  const page = details(line);
  expect(page.match(/entry \d/g)).toEqual([6, 5, 4, 3, 2].map((n) => `entry ${n}`));
  expect(page).toContain('seller (`restart-call`): entry 6');
});

test('tells why the platform refused a refund, and that nothing is sent by itself', () => {
  const line = lineJustPlaced();
  unsubscribe(line, 'The seller did not open the order');
  line.state.undo!.refused = 'HTTP 422';
  line.change({ node: 'REFUND_STUCK', dueAt: null }, { note: 'Refused.' });
  const page = details(line);
  expect(page).toContain('**Until:** no time limit');
  expect(page).toContain('Steward sends nothing by itself');
  expect(page).toContain('**Refund:** 9900.00 CNY, APPROVED, id `O-1-000001-U1`: The seller did not open');
  expect(page).toContain('**Refused:** HTTP 422');
});

// The UI's renderer (gomarkdown) takes a list without an empty line before it as running text.
test('has an empty line before each list', () => {
  const page = details(lineJustPlaced());
  expect(page).toMatch(/^- /m);
  expect(page).not.toMatch(/^(?!- ).+\n- /m);
});

test('what a seller wrote draws no link, picture, formula or tag', () => {
  const line = lineJustPlaced();
  line.state.exception = 'see [here](https://evil.example) ![x](y) <b> $x$ `c` | a--b';
  expect(details(line)).toContain(
    'see \\[here\\]\\(https\\://evil.example\\) \\!\\[x\\]\\(y\\) \\<b\\> \\$x\\$ \\`c\\` \\| a\\-\\-b',
  );
});

test('a time limit that rests on unannounced holidays says so', () => {
  const line = lineJustPlaced();
  const clock = { of: 'appeal' as const, from: NOW, dueAt: NOW, shift: 0, stoppedAt: null, over: false };
  line.state.clocks = [{ ...clock, provisional: true }];
  expect(details(line)).toMatch(/\*\*Until:\*\* .*\(UTC\+8\) \(provisional: /);
  line.state.clocks = [{ ...clock, provisional: false }];
  expect(details(line)).not.toContain('provisional');
});
