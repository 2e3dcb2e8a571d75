import type { Command } from '../../../domain/commands';
import { activateLicenseUpdate } from '../../../workflows/messages';
import type { PlacedLine } from '../../support/placed-line';
import { Rig } from '../../support/rig';
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

beforeAll(async () => {
  rig = await Rig.start(100);
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
  expect(Object.keys(costs)).toHaveLength(11);
});

test('a step that starts a time limit takes two more: the calendar is asked, and a timer is set', async () => {
  const line = await rig.placeLine({ delivery: 'service' });
  expect(await cost(line, () => requestUnsubscription(line))).toBeLessThanOrEqual(16);
  const withdraw = () => line.command('withdraw-unsubscription', 'buyer', {});
  expect(await cost(line, withdraw)).toBeLessThanOrEqual(15);
  await openAppeal(line);
  await line.command('resolve-appeal', 'operator', { verdict: 'complete', reason: 'Delivered' });
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});
