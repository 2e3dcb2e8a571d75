import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow';
import { messageId } from '../../activities/mail/send';
import type { Command, CommandBody, OrderLineAnswer } from '../../client';
import { defaultOrderLineId, mailId } from '../../domain/ids';
import type { OrderBody } from '../../domain/schemas/order';
import type { KeptMail } from '../../sim/mailbox';
import { secretsIn, testDataConverter, workflowBundle } from '../support/history-checks';
import { quietRuntime } from '../support/quiet';
import { PROOF } from '../support/supervised';
import { endAllHomes } from '../support/up-home';
import { killAmid, type Step } from './kill-amid';
import { expectOneEnd } from './one-end';
import { inWorld, type World } from './world';

/**
 * kill −9 of the process that owns database, worker and API, at each step of deliveries by licence code
 * (domain.md 2.4). In each of four kills one order's step was answered, and another one's was cut off.
 */

const MINUTES = 480_000;
/** The default of `MAIL_FROM`. */
const FROM = 'steward@localhost';

beforeAll(async () => {
  quietRuntime();
  await workflowBundle();
  loadDataConverter(testDataConverter);
});
afterAll(endAllHomes);

/** What one order asks for on its way. */
class Asked {
  readonly orderId: string;

  constructor(
    private readonly world: World,
    readonly order: OrderBody,
  ) {
    this.orderId = order.orderId;
  }

  command<C extends Command>(by: 'seller' | 'buyer', command: C, data: CommandBody<C>): Step {
    const idempotencyKey = crypto.randomUUID();
    return () => this.world.api[by].command(this.orderId, command, data, { idempotencyKey });
  }

  activation(code: string): Step {
    const idempotencyKey = crypto.randomUUID();
    return () => this.world.api.seller.activateLicense(code, { idempotencyKey });
  }

  until(holds: (line: OrderLineAnswer) => boolean): Promise<OrderLineAnswer> {
    return this.world.until(this.order, holds);
  }

  /** The code as its buyer sees it; once it is claimed. */
  async code(): Promise<string> {
    return (await this.world.api.buyer.getOrder(this.orderId)).lines[0]!.licenseCode!;
  }

  /** The mails about it, as they were made, however often each came. */
  mails(): KeptMail[] {
    const { mails } = this.world.mailbox;
    const ids = Array.from({ length: 20 }, (_, n) => mailId(defaultOrderLineId(this.orderId), n + 1));
    return ids.flatMap((id) => mails.filter((mail) => mail.messageId === messageId(id, FROM)));
  }
}

const SELLER = 'seller@seller.example';
const licenseCode = { delivery: 'license-code' } as const;

test(
  'each step takes effect once: one code, one activation, one refund at most, each event and mail once',
  () =>
    inWorld(async (world) => {
      const asked = () => new Asked(world, world.newOrder(['open'], licenseCode));
      const [one, two, refunded] = [asked(), asked(), asked()] as const;
      const all = [one, two, refunded];
      for (const { order } of all) await world.api.platform.placeOrder(order);
      const delivers = all.map((order) => order.command('seller', 'deliver', {}));

      await killAmid(world, {
        answered: [delivers[0]!],
        cutOff: delivers.slice(1),
        // The code of this one is being made, or made just now.
        when: () => two.until(({ node }) => node !== 'DELIVERING'),
      });
      for (const order of all) await order.until(({ node }) => node === 'CLAIMING');

      const ask = { amount: { currency: 'CNY', minor: 700 }, reason: 'We need it no more' };
      await killAmid(world, {
        answered: [one.command('buyer', 'claim-license', {})],
        cutOff: [
          two.command('buyer', 'claim-license', {}),
          refunded.command('buyer', 'request-unsubscription', ask),
        ],
      });
      const late = refunded.command('buyer', 'claim-license', {})();
      await expect(late).rejects.toMatchObject({ code: 'UNSUBSCRIPTION_PENDING' });
      const codes = [await one.code(), await two.code()];
      expect(new Set(codes).size).toBe(2);

      world.platform.behave('/refunds', ['take-hang', 'take'], refunded.orderId);
      const refund = world.nextRefund(refunded.order);
      await killAmid(world, {
        answered: [one.activation(codes[0]!)],
        cutOff: [two.activation(codes[1]!), refunded.command('seller', 'approve-unsubscription', {})],
        when: async () => {
          await two.until(({ license }) => license?.activatedAt != null);
          await refund;
        },
      });
      for (const [n, order] of [one, two].entries()) {
        expect(await order.code()).toBe(codes[n]);
        const again = order.activation(codes[n]!)();
        await expect(again).rejects.toMatchObject({ code: 'ALREADY_ACTIVATED' });
        const claimed = order.command('buyer', 'request-unsubscription', ask)();
        await expect(claimed).rejects.toMatchObject({ code: 'LICENSE_CLAIMED' });
      }

      await killAmid(world, {
        answered: [one.command('seller', 'submit-proof', { proof: PROOF })],
        cutOff: [two.command('seller', 'submit-proof', { proof: PROOF })],
      });
      const ends = await expectOneEnd(
        world,
        all.map(({ order }) => order),
      );
      expect(ends).toEqual(['COMPLETED', 'COMPLETED', 'UNSUBSCRIBED']);

      const told = (orderId: string) =>
        world.platform.events.filter((event) => event.orderId === orderId).map(({ type }) => type);
      const { email: BUYER } = one.order.buyer;
      for (const [n, order] of [one, two].entries()) {
        const line = await order.until(() => true);
        expect(await order.code()).toBe(codes[n]);
        expect(line.validFrom).toBe(line.license?.activatedAt);
        const commands = line.log.flatMap(({ command }) => command ?? []);
        expect(commands).toEqual(['deliver', 'claim-license', 'submit-proof']);
        expect(line.log.filter(({ from, to }) => from === 'ACTIVATING' && to !== from)).toHaveLength(1);
        expect(told(order.orderId)).toEqual(['order.completed']);
        const to = order.mails().map((mail) => mail.to);
        expect(to).toEqual([SELLER, BUYER, SELLER, SELLER, BUYER, SELLER]);
      }
      const { log, unsubscription } = await refunded.until(() => true);
      expect(log.flatMap(({ command }) => command ?? [])).toEqual([
        ...['deliver', 'request-unsubscription', 'approve-unsubscription'],
      ]);
      expect(unsubscription).toMatchObject({ status: 'REFUNDED', amount: ask.amount });
      expect(told(refunded.orderId)).toEqual(['order.unsubscribed']);
      expect(refunded.mails().map(({ to }) => to)).toEqual([SELLER, BUYER, SELLER, BUYER, SELLER]);
      // Cut off while it was sent, a mail comes again with the same Message-ID.
      expect(all.flatMap((order) => order.mails()).filter(({ times }) => times > 2)).toEqual([]);

      const written = readFileSync(join(world.home.folder, 'steward.log'), 'utf8');
      expect(secretsIn(written, { one: codes[0]!, two: codes[1]! })).toEqual([]);
    }, 'standard'),
  MINUTES,
);
