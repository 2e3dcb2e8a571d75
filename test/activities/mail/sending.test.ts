import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { ApplicationFailure } from '@temporalio/common';
import { mailLog } from '../../../db/mails';
import { mails, orderLines, products, sellers } from '../../../db/schema';
import type { Step } from '../../../sim/mailbox';
import { eventually } from '../../support/eventually';
import { MAIL, MailRig, PERSONAL } from './rig';

/** One mail for its id, whatever the mail server, the database and other calls do. */

let rig: MailRig;
beforeAll(async () => {
  rig = await MailRig.start();
});
beforeEach(() => rig.reset());
afterAll(() => rig.close());

const ID = MAIL.id;
const taken = { id: ID, kind: 'opened', recipient: 'buyer', refused: null, sent: true };
const unavailable = (reason: string) => ({
  type: 'MAIL_UNAVAILABLE',
  nonRetryable: false,
  message: `Mail ${ID} is not out yet: ${reason}`,
});
const refused = (reason: string, id = ID) => ({
  type: 'MAIL_REFUSED',
  nonRetryable: true,
  message: `Mail ${id} cannot be delivered: ${reason}`,
});

const EVERYTHING = { depth: Infinity, maxArrayLength: null, maxStringLength: null };

/** How a call fails; nothing personal stands anywhere in the failure, in the logs or in the rows. */
async function failure(call: Promise<void>): Promise<unknown> {
  const error = await call.then(
    () => Promise.reject(new Error('The mail went out')),
    (thrown: unknown) => thrown as ApplicationFailure,
  );
  expect(error).toBeInstanceOf(ApplicationFailure);
  const { message, stack, details, cause } = error;
  const told = inspect([message, stack, details, cause, rig.logs, await rig.rows()], EVERYTHING);
  for (const personal of PERSONAL) expect(told).not.toContain(personal);
  return error;
}

test('a mail goes out once; a repetition does nothing, also in another process', async () => {
  const send = rig.process();
  await send();
  await send();
  await rig.process()();
  expect(rig.arrivals()).toEqual([{ to: 'wang@example.com', times: 1 }]);
  expect(await rig.rows()).toEqual([taken]);
});

test('it is what its reader needs: sender, language, both parts, the order, the link', async () => {
  await rig.process()({ quote: '<b>很好</b>' });
  const [kept] = rig.mailbox.mails;
  const email = await rig.mailbox.read(kept!.id);
  expect(email).toMatchObject({
    from: { name: 'Steward', address: 'steward@market.example' },
    to: [{ address: 'wang@example.com' }],
    subject: '订单 M-1：商品已开通',
    messageId: expect.stringMatching(/^<[0-9a-f]{32}@steward\.market\.example>$/) as string,
    text: expect.stringMatching(
      /订单：M-1\n订单行：M-1-000001\n商品：CRM\n[^]*> <b>很好<\/b>\n[^]*https:\/\/market\.example\/orders\/M-1\n/,
    ) as string,
    html: expect.stringContaining('&lt;b&gt;很好&lt;/b&gt;') as string,
    attachments: [],
  });
  const header = (key: string) => email?.headers.find((one) => one.key === key)?.value;
  expect(header('auto-submitted')).toBe('auto-generated');
  expect(header('content-language')).toBe('zh');
});

test('each recipient has an address and a language of its own', async () => {
  const send = rig.process();
  await send({ id: 'M-1-000001-M1', kind: 'completed' });
  await send({ id: 'M-1-000001-M2', kind: 'completed', to: 'seller' });
  await send({ id: 'M-1-000001-M3', kind: 'refund-stuck', to: 'operator' });
  expect(rig.mailbox.mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['wang@example.com', '订单 M-1：订单已完成'],
    ['seller@seller.example', 'Order M-1: completed'],
    ['operators@market.example', 'Order M-1: the refund is stuck'],
  ]);
});

test.each<[Step, string]>([
  ['rcpt-450', 'the mail server answered 450 4.1.1 to RCPT TO'],
  ['rcpt-421', 'the mail server answered 421 4.1.1'],
  ['data-451', 'the mail server answered 451 4.1.1 to DATA'],
  ['rcpt-530', 'the mail server answered 530 5.1.1 to RCPT TO'],
  ['reset', 'no connection to the mail server (ECONNECTION)'],
])('%s means to try again, until it is taken', async (step, reason) => {
  rig.mailbox.behave([step, step, 'take']);
  const send = rig.process();
  expect(await failure(send())).toMatchObject(unavailable(reason));
  expect(await failure(send())).toMatchObject(unavailable(reason));
  expect(await rig.rows()).toEqual([{ ...taken, sent: false }]);
  await send();
  expect(rig.arrivals()).toEqual([{ to: 'wang@example.com', times: 1 }]);
  expect(await rig.rows()).toEqual([taken]);
});

test.each<[Step, string]>([
  ['rcpt-550', 'the mail server answered 550 5.1.1 to RCPT TO'],
  ['data-554', 'the mail server answered 554 5.1.1 to DATA'],
])('%s is final: the row keeps the reason, and the server is asked once', async (step, reason) => {
  rig.mailbox.behave([step, 'take']);
  const send = rig.process();
  expect(await failure(send())).toMatchObject(refused(reason));
  expect(await failure(send())).toMatchObject(refused(reason));
  expect(await failure(rig.process()())).toMatchObject(refused(reason));
  expect(rig.arrivals()).toEqual([]);
  expect(await rig.rows()).toEqual([{ ...taken, sent: false, refused: reason }]);
});

test('a server that is silent is given up in time, and asked again', async () => {
  rig.mailbox.behave(['hang', 'take']);
  const send = rig.process();
  expect(await failure(send())).toMatchObject(unavailable('the mail server did not answer in time'));
  await send();
  expect(rig.arrivals()).toEqual([{ to: 'wang@example.com', times: 1 }]);
});

test.each<Step>(['take-reset', 'take-hang'])(
  'a mail whose 250 is lost (%s) is sent again as the same mail',
  async (step) => {
    rig.mailbox.behave([step, 'take']);
    const send = rig.process();
    expect(await failure(send())).toMatchObject({ type: 'MAIL_UNAVAILABLE' });
    expect(await rig.rows()).toEqual([{ ...taken, sent: false }]);
    const [first] = rig.mailbox.mails;
    const date = async () => (await rig.mailbox.read(first!.id, first!.times))?.date;
    const firstDate = await date();
    await sleep(1_100);
    // A process that knows nothing of the first attempt but what the row says.
    await rig.process()();
    expect(rig.arrivals()).toEqual([{ to: 'wang@example.com', times: 2 }]);
    expect(await date()).toBe(firstDate);
    expect(await rig.rows()).toEqual([taken]);
  },
);

test('a server that was down gets the mail once it is up', async () => {
  await rig.mailbox.goDown();
  const send = rig.process();
  const down = unavailable('no connection to the mail server (ECONNREFUSED)');
  expect(await failure(send())).toMatchObject(down);
  expect(await failure(send())).toMatchObject(down);
  await rig.mailbox.comeBack();
  await send();
  expect(rig.arrivals()).toEqual([{ to: 'wang@example.com', times: 1 }]);
  expect(await rig.rows()).toEqual([taken]);
});

test('calls for one mail at the same time send it once, and all know how it went', async () => {
  const send = rig.process();
  await Promise.all([send(), send(), send()]);
  expect(rig.arrivals()).toEqual([{ to: 'wang@example.com', times: 1 }]);

  rig.mailbox.behave(['rcpt-450', 'take']);
  const next = { id: 'M-1-000001-M2' };
  const all = await Promise.allSettled([send(next), send(next)]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await send(next);
  expect(rig.arrivals()).toHaveLength(2);
});

test('two processes at the same time send it once; the other one comes again', async () => {
  const [one, other] = [rig.process(), rig.process()];
  rig.mailbox.behave(['hang', 'take']);
  const first = one();
  await eventually(
    () => rig.claims(),
    (claims) => claims === 1,
  );
  expect(await failure(other())).toMatchObject(unavailable('another process is sending it'));
  expect(await failure(first)).toMatchObject(unavailable('the mail server did not answer in time'));
  await other();
  expect(rig.arrivals()).toEqual([{ to: 'wang@example.com', times: 1 }]);
});

test('mails do not wait for one another', async () => {
  rig.mailbox.behave(['hang'], 'wang@example.com');
  const send = rig.process();
  const stuck = send();
  await send({ id: 'M-1-000001-M2', to: 'seller' });
  expect(rig.arrivals()).toEqual([{ to: 'seller@seller.example', times: 1 }]);
  expect(await failure(stuck)).toMatchObject({ type: 'MAIL_UNAVAILABLE' });
});

describe('a database that is away', () => {
  const away = () => Promise.reject(new Error(`Failed query, params: ${PERSONAL.join()}`));

  test('before the mail: it is not sent, and tried again', async () => {
    const send = rig.process({ mails: { ...mailLog(rig.database.db), begin: away } });
    await expect(send()).rejects.toMatchObject({ type: 'INTERNAL', nonRetryable: false });
    expect(rig.arrivals()).toEqual([]);
    await rig.process()();
    expect(rig.arrivals()).toHaveLength(1);
  });

  test('after the 250: the process remembers, and only the row is made up for', async () => {
    const log = mailLog(rig.database.db);
    let down = true;
    const send = rig.process({ mails: { ...log, sent: (id, at) => (down ? away() : log.sent(id, at)) } });
    await expect(send()).rejects.toMatchObject({ type: 'INTERNAL', nonRetryable: false });
    expect(rig.arrivals()).toHaveLength(1);
    down = false;
    await send();
    expect(rig.arrivals()).toEqual([{ to: 'wang@example.com', times: 1 }]);
    expect(await rig.rows()).toEqual([taken]);
  });
});

describe('addresses', () => {
  const setSeller = (email: string) => rig.database.db.update(sellers).set({ email });

  test.each([
    'no-at-sign',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'Name <a@b.example>',
    '<a@b.example>',
    'two words@b.example',
    `${'a'.repeat(250)}@b.example`,
    '',
  ])('%j is refused before anything is sent', async (email) => {
    await setSeller(email);
    expect(await failure(rig.process()({ to: 'seller' }))).toMatchObject(
      refused('the address cannot be used'),
    );
    expect(rig.arrivals()).toEqual([]);
    expect(JSON.stringify(await rig.rows())).not.toMatch(/@|no-at-sign/);
  });

  test.each(['a.b+c@sub.b.example', 'operators@localhost', '用户@例子.example'])(
    '%s is written to',
    async (email) => {
      await setSeller(email);
      await rig.process()({ to: 'seller' });
      expect(rig.arrivals()).toHaveLength(1);
      expect(await rig.rows()).toMatchObject([{ sent: true, refused: null }]);
    },
  );
});

describe('parties that are not there', () => {
  test('a buyer whose line is not known', async () => {
    expect(await failure(rig.process()({ orderId: 'NO-1', orderLineId: 'NO-1-000001' }))).toMatchObject(
      refused('there is no such buyer'),
    );
    await rig.database.db.delete(orderLines);
    expect(await failure(rig.process()({ id: 'M-1-000001-M2' }))).toMatchObject(
      refused('there is no such buyer', 'M-1-000001-M2'),
    );
  });

  test('a seller that vanished', async () => {
    await rig.database.db.delete(products);
    await rig.database.db.delete(sellers);
    expect(await failure(rig.process()({ to: 'seller' }))).toMatchObject(refused('there is no such seller'));
    expect(rig.arrivals()).toEqual([]);
  });

  test('a product that vanished is named by its id', async () => {
    await rig.database.db.delete(products);
    await rig.process()({ to: 'seller' });
    const email = await rig.mailbox.read(rig.mailbox.mails[0]!.id);
    expect(email?.text).toContain('\nProduct: P1\n');
  });
});

test('no text of others can add a header, or a line to the subject', async () => {
  const evil = 'x\r\nBcc: evil@evil.example\r\n\r\nbody';
  await rig.database.db.update(products).set({ name: evil });
  await rig.process()({ quote: evil, kind: 'your-move', node: 'ACCEPTING' });
  expect(rig.arrivals()).toEqual([{ to: 'wang@example.com', times: 1 }]);
  const email = await rig.mailbox.read(rig.mailbox.mails[0]!.id);
  expect(email?.headers.map(({ key }) => key)).not.toContain('bcc');
  expect(email?.subject).toBe('订单 M-1：待您处理：用户确认验收');
  expect(email?.text).toContain('\n商品：x Bcc: evil@evil.example body\n');
});

test('the table of mails holds no address', async () => {
  await rig.process()();
  expect(JSON.stringify(await rig.database.db.select().from(mails))).not.toContain('@');
});
