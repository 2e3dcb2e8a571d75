import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../../../domain/commands';
import { activateLicenseUpdate } from '../../../workflows/messages';
import type { PlacedLine } from '../../support/placed-line';
import {
  changeAddress,
  correct,
  placeGoods,
  reject,
  remindBuyer,
  ship,
  startParcelRig,
  type Parcels,
} from '../../support/parcels';
import type { Rig } from '../../support/rig';
import {
  accept,
  confirmRequirement,
  deliver,
  EMPOWERMENT,
  openAppeal,
  PROOF,
  requestUnsubscription,
  reviewPass,
  submitDeviceId,
  submitRequirement,
} from '../../support/supervised';

/** How many events a step of supervision adds to a history (design §7): the table in docs/histories.md. */

let rig: Rig;
let parcels: Parcels;

beforeAll(async () => {
  ({ rig, parcels } = await startParcelRig());
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

/** The events of what a step does, when nothing else goes on. */
async function cost(line: PlacedLine, step: () => Promise<unknown>): Promise<number> {
  await line.quiet();
  const before = await length(line);
  await step();
  await line.quiet();
  return (await length(line)) - before;
}

const length = async (line: PlacedLine) => (await line.history()).events!.length;

const reason = { reason: 'No' };

test('each step with one mail takes at most 14 events', async () => {
  const costs: Partial<Record<Command | 'activate-license', number>> = {};
  const service = await rig.placeLine({ delivery: 'service', ...EMPOWERMENT });
  costs['submit-requirement'] = await cost(service, () => submitRequirement(service));
  costs['reject-requirement'] = await cost(service, () =>
    service.command('reject-requirement', 'seller', reason),
  );
  await submitRequirement(service);
  costs['confirm-requirement'] = await cost(service, () => confirmRequirement(service));
  costs.deliver = await cost(service, () => deliver(service));
  costs['review-reject'] = await cost(service, () => service.command('review-reject', 'operator', reason));
  await deliver(service);
  costs['review-pass'] = await cost(service, () => reviewPass(service));
  costs.reject = await cost(service, () => service.command('reject', 'buyer', reason));
  await deliver(service);
  await reviewPass(service);
  await accept(service);
  await service.ended();

  const device = await rig.placeLine({ delivery: 'license-device' });
  costs['submit-device-id'] = await cost(device, () => submitDeviceId(device));
  await deliver(device);
  await accept(device);
  await device.ended();

  const code = await rig.placeLine({ delivery: 'license-code', ...EMPOWERMENT });
  await code.command('deliver', 'seller', {});
  await code.until('CLAIMING');
  costs['claim-license'] = await cost(code, () => code.command('claim-license', 'buyer', {}));
  costs['activate-license'] = await cost(code, () =>
    code.handle.executeUpdate(activateLicenseUpdate, { args: [{ by: { role: 'seller', sub: 'seller-1' } }] }),
  );
  costs['submit-proof'] = await cost(code, () => code.command('submit-proof', 'seller', { proof: PROOF }));
  await reviewPass(code);
  await code.ended();

  expect(Object.entries(costs).filter(([, events]) => events > 14)).toEqual([]);
  expectWithin(costs, tableOf('A step with one mail'));
});

test('goods cost the question to the carrier, and its end', async () => {
  const costs: Partial<Record<Command | 'signed', number>> = {};
  const line = await placeGoods(rig);
  costs['change-address'] = await cost(line, () => changeAddress(line));
  costs.ship = await cost(line, () => ship(line, parcels.next()));
  costs['remind-buyer'] = await cost(line, () => remindBuyer(line));
  costs['correct-logistics'] = await cost(line, () => correct(line, parcels.next()));
  costs.reject = await cost(line, () => reject(line));
  const number = parcels.next();
  await ship(line, number);
  costs.signed = await cost(line, async () => {
    parcels.located(number, 'SIGNED', await rig.env.currentTimeMs());
    await rig.env.sleep('5 hours');
  });
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expectWithin(costs, tableOf('Goods'));
});

test('a step that starts or ends a time limit takes little more', async () => {
  const line = await rig.placeLine({ delivery: 'service' });
  const costs: Partial<Record<Command, number>> = {};
  costs['request-unsubscription'] = await cost(line, () => requestUnsubscription(line));
  const withdraw = () => line.command('withdraw-unsubscription', 'buyer', {});
  costs['withdraw-unsubscription'] = await cost(line, withdraw);
  costs['open-appeal'] = await cost(line, () => openAppeal(line));
  expectWithin(costs, tableOf('A step with a time limit'));
  await line.command('resolve-appeal', 'operator', { verdict: 'complete', reason: 'Delivered' });
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

/** Less is possible: two activities that end at the same moment share a task. */
function expectWithin(costs: Record<string, number>, table: Record<string, number>): void {
  expect(Object.keys(costs).sort()).toEqual(Object.keys(table).sort());
  expect(Object.entries(costs).filter(([step, events]) => events > table[step]!)).toEqual([]);
}

/** The rows under a heading of docs/histories.md: a command and its events. */
function tableOf(heading: string): Record<string, number> {
  const [, section = ''] = readFileSync(join(__dirname, '../../../docs/histories.md'), 'utf8').split(
    `## ${heading}\n`,
  );
  const [table = ''] = section.split('\n## ');
  const rows = [...table.matchAll(/^\| `([\w-]+)` +\| +(\d+) \|/gm)];
  return Object.fromEntries(rows.map(([, command = '', events]) => [command, Number(events)]));
}
