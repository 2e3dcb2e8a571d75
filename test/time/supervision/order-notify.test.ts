import { Rig } from '../../support/rig';
import { accept, deliver, refusalOf } from '../../support/supervised';

/** `orderNotify` to the seller's production URL (domain.md 1.10, 1.11). */

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start(100);
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const HOUR = 3_600_000;
const place = (script: Parameters<Rig['place']>[0]) =>
  rig.placeLine({ delivery: 'license-offline' }, { script, activity: 'orderNotify' });

test('tells the seller of a new order, once when that succeeds', async () => {
  const line = await place(['open']);
  await rig.env.sleep('4 hours');
  expect(await rig.calls(line, ['orderNotify'])).toMatchObject([{ attempt: 1, resultCode: '000000' }]);
  await deliver(line);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

test('is repeated hourly for three hours, then only when restarted, and never unsubscribes', async () => {
  const line = await place(['000005', '000005', '000005', '000005', 'open']);
  await rig.env.sleep('1 minute');
  expect(await refusalOf(line.command('restart-call', 'seller', {}))).toBe('NOT_ALLOWED_NOW');
  await rig.env.sleep('1 day');
  const hours = (await line.startsOf('orderNotify')).map((at) => Math.round(at / HOUR));
  expect(hours).toEqual([0, 1, 2, 3]);
  expect((await line.mails()).filter((mail) => mail === 'call-failed seller')).toHaveLength(4);
  expect(await line.view()).toMatchObject({ status: 'PROCESSING', node: 'DELIVERING' });
  const wrong = line.command('restart-call', 'seller', { activity: 'newInstance' });
  expect(await refusalOf(wrong)).toBe('WRONG_ACTIVITY');
  await line.command('restart-call', 'seller', { activity: 'orderNotify' });
  await rig.env.sleep('1 minute');
  expect(await rig.calls(line, ['orderNotify'])).toHaveLength(5);
  expect(await refusalOf(line.command('restart-call', 'seller', {}))).toBe('NOT_ALLOWED_NOW');
  await deliver(line);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

test('is not restarted while it is under way', async () => {
  const held = rig.hold('orderNotify');
  const line = await place(['open']);
  await held.begun;
  expect(await refusalOf(line.command('restart-call', 'seller', {}))).toBe('CALL_IN_PROGRESS');
  held.goOn();
  await deliver(line);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

test('holds up nothing: the order is completed between two calls, and no other one follows', async () => {
  const line = await place(['000005']);
  await rig.env.sleep('10 minutes');
  await deliver(line);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect(await rig.calls(line, ['orderNotify'])).toHaveLength(1);
});

test('comes for an instant SaaS order too, beside its opening', async () => {
  const line = await rig.place(['open']);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect(await line.startsOf('orderNotify')).toHaveLength(1);
});
