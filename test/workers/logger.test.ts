import type { LogLevel } from '@temporalio/worker';
import { createLogger, toTemporalLogger } from '../../workers/logger';

/** A logger, and what came out of it: lines as text and as fields. */
function recorded() {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'trace',
    destination: { write: (line: string) => void lines.push(line) },
  });
  const fields = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, fields };
}

test('secret fields are censored at any depth, in arrays, errors and child loggers', () => {
  const { logger, lines } = recorded();
  logger.info({ seller: { accessKey: 's3cret', products: [{ Password: 's3cret' }] } }, 'seller put');
  logger.info({ req: { headers: { Authorization: 'Bearer s3cret', 'set-cookie': ['s3cret'] } } });
  logger.info({ a: { b: { c: { d: { e: { f: { previous_access_key: 's3cret' } } } } } } });
  logger
    .child({ taskToken: 's3cret' })
    .child({ appInfo: { frontEndUrl: 's3cret' } })
    .warn('child');
  logger.info({ license: 's3cret', body: { licenseCode: 's3cret' } });
  logger.error(Object.assign(new Error('boom'), { options: { jwtSecret: 's3cret' } }));
  logger.error({
    err: new Error('outer', { cause: Object.assign(new Error('inner'), { token: 's3cret' }) }),
  });
  logger.info({
    order: { buyer: { name: 's3cret' }, recipient: 's3cret', contact: ['s3cret'], buyerName: 's3cret' },
  });
  expect(lines).toHaveLength(8);
  expect(lines.join('')).not.toContain('s3cret');
});

test('what is not secret stays', () => {
  const { logger, fields } = recorded();
  const known = {
    orderId: 'CS2211181819B4LVS',
    orderLineId: '13800138000-000001',
    line: 'line CS-1795460235561-9 of CS2611-FAILS-TWICE, 138-0013-8000-000001 and 138-0013-80001',
    until: '2025-06-15T15:06:40+08:00 to 2025-06-15T23:06:40.000Z',
    file: 'eyJournal.ts',
    workflowId: 'order-line/CS13800138000/CS13800138000-000001',
    buyerId: 'B1',
    at: '2025-06-15T15:06:40.000+08:00',
    ms: 13800138000,
    epoch: 1750000000000,
    requestId: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
    identity: '4711@host',
    package: '@temporalio/worker@1.24.0',
    taskQueue: 'orders',
    name: 'orderLine',
    accessKey: null,
  };
  logger.info(known, 'called 3 times in 1750000000000 ms');
  expect(fields()).toEqual([
    expect.objectContaining({ ...known, level: 'info', msg: 'called 3 times in 1750000000000 ms' }),
  ]);
});

test.each([
  ['mailed wang.xiaoming+1@mail.example.com.cn twice', 'mailed [e-mail] twice'],
  ['to <王小明@例子.中国>', 'to <[e-mail]>'],
  ['line\nwang@example.com\tnext', 'line\n[e-mail]\tnext'],
  ['"wang@example.com"', '"[e-mail]"'],
  ['call 13800138000 now', 'call [phone] now'],
  ['call +86 138 0013 8000, or +1-202-555-0100.', 'call [phone], or [phone].'],
  ['call 138-0013-8000, 138 0013 8000', 'call [phone], [phone]'],
  ['with Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJiLTEifQ.s1g-nature_x today', 'with Bearer [token] today'],
  ['code 0A1B-2C3D-4E5F-6G7H-8J9K-0M1N-2P3Q-4R5S.', 'code [licence code].'],
  ['code 0a1b 2c3d 4e5f 6g7h 8j9k 0m1n 2p3q 4r5s', 'code [licence code]'],
  ['at /?token=eyJhbGciOiJub25lIn0.eyJzdWIiOiJiLTEifQ.&a=b', 'at /?token=[token]&a=b'],
])('in the text %j addresses and numbers are censored', (text, expected) => {
  const { logger, fields } = recorded();
  logger.info({ note: text }, text);
  logger.error(new Error(text));
  const [info, error] = fields();
  expect(info).toMatchObject({ note: expected, msg: expected });
  expect(error).toMatchObject({ msg: expected, err: { message: expected } });
});

test('a failed statement is told without its values', () => {
  const { logger, fields } = recorded();
  const cause = Object.assign(new Error('duplicate key'), {
    detail: 'Key (id)=(Wang Ltd) exists',
    code: '23505',
  });
  const failed = new Error('Failed query: insert into "sellers"\nparams: S1,Wang Ltd\nstreet,zh', { cause });
  logger.error(Object.assign(failed, { params: ['S1', 'Wang Ltd'] }));
  expect(JSON.stringify(fields())).not.toMatch(/Wang|street/);
  expect(fields()[0]).toMatchObject({
    msg: 'Failed query: insert into "sellers"',
    err: {
      stack: expect.stringMatching(
        /Failed query: insert into "sellers"\n +at [^]*caused by: Error: duplicate key/,
      ) as string,
    },
  });
});

test.each<[LogLevel, string]>([
  ['TRACE', 'trace'],
  ['DEBUG', 'debug'],
  ['INFO', 'info'],
  ['WARN', 'warn'],
  ['ERROR', 'error'],
])('the SDK’s %s comes out as %s, with its fields', (theirs, ours) => {
  const { logger, fields } = recorded();
  toTemporalLogger(logger).log(theirs, 'Activity failed', {
    workflowId: 'order-line/O/L',
    attempt: 2,
    error: new Error('for wang@example.com'),
  });
  expect(fields()).toEqual([
    expect.objectContaining({
      level: ours,
      msg: 'Activity failed',
      workflowId: 'order-line/O/L',
      attempt: 2,
      err: expect.objectContaining({ message: 'for [e-mail]' }) as object,
    }),
  ]);
});

test('a level that is switched off stays silent', () => {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'warn',
    destination: { write: (line: string) => void lines.push(line) },
  });
  toTemporalLogger(logger).info('quiet');
  toTemporalLogger(logger).warn('loud');
  expect(lines).toHaveLength(1);
});

test.each([
  ['letters', 'a'.repeat(200_000)],
  ['digits', '1 '.repeat(100_000)],
  ['grouped digits', '138 0013 800 '.repeat(15_000)],
  ['international digits', '+1 '.repeat(66_000)],
  ['at signs', '@a.'.repeat(66_000)],
  ['beginnings of tokens', 'eyJ-'.repeat(50_000)],
  ['beginnings of licence codes', 'ABCD-1234-'.repeat(20_000)],
  ['beginnings of tokens with dots', 'eyJx.'.repeat(40_000)],
])('long text of %s is read at once', (_name, text) => {
  const { logger, lines } = recorded();
  const began = performance.now();
  logger.info({ text });
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(lines).toHaveLength(1);
});
