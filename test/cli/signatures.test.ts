import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { steward, stewardProcess } from './steward';

/** `steward sign` and `steward verify`. */

/** Made with Python's `hmac` and `json.dumps(…, sort_keys=True, separators=(',', ':'), ensure_ascii=False)`. */
const VECTORS = [
  {
    name: 'unsorted keys',
    body: '{"orderId":"CS1","businessId":"b-1","activity":"newInstance"}',
    canonicalBody: '{"activity":"newInstance","businessId":"b-1","orderId":"CS1"}',
    innerHash: 'aba21709dd90a37ef5ae63d4867ea52288a6dca2afb621644fe79be7dc393896',
    signature: '6d11112f2f4699de7e553ca43c59bef4d583a4df6dd58725a29a086862448fec',
  },
  {
    name: 'nulls and spaces',
    body: '{\n  "testFlag": null, "orderId": "CS1",\n  "amount": 9.5, "businessId": "b-1"\n}',
    canonicalBody: '{"amount":9.5,"businessId":"b-1","orderId":"CS1"}',
    innerHash: '534c8af56ea198ae630a0067c01ffd2bfb11f6cd80d79f98a8a501bd6bacacdb',
    signature: '40805062f078187bd8f30b34d13a06c2615cb51858a86f3935be94c477f15c6a',
  },
  {
    name: 'Chinese text',
    body: '{"userName":"王小明","memo":null,"activity":"newInstance","companyName":"示例（上海）软件"}',
    canonicalBody: '{"activity":"newInstance","companyName":"示例（上海）软件","userName":"王小明"}',
    innerHash: 'd8099a8f662a81478b2fd08e2903c71f7fc9a46d410911c55eca43de6f818523',
    signature: 'b76c4ff6be7f53138fb044ff7faf6f90641a189988dd777d16e7052ae8a766cd',
  },
];
const KEY = 'seller-access-key-01';
const GIVEN = ['--key', KEY, '--nonce', '7A31C0FFEE', '--timestamp', '1764000000000', '--body'];
const [first] = VECTORS;

let folder: string;
const file = () => join(folder, 'body.json');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steward-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(VECTORS)('$name', ({ body, canonicalBody, innerHash, signature }) => {
  beforeEach(() => writeFileSync(file(), body));

  test('sign prints the signature and nothing else', async () => {
    expect(await steward(['sign', ...GIVEN, file()])).toEqual({
      stdout: `${signature}\n`,
      stderr: '',
      exitCode: 0,
    });
  });

  test('sign --json tells the steps on the way', async () => {
    const { stdout } = await steward(['sign', ...GIVEN, '-', '--json'], { stdin: body });
    expect(JSON.parse(stdout)).toEqual({ canonicalBody, innerHash, signature });
  });

  test('verify takes it, in either case', async () => {
    for (const hex of [signature, signature.toUpperCase()]) {
      const ended = await steward(['verify', ...GIVEN, file(), '--signature', hex]);
      expect(ended).toEqual({ stdout: 'The signature fits.\n', stderr: '', exitCode: 0 });
    }
  });
});

describe('verify', () => {
  const mac = (text: string) => createHmac('sha256', KEY).update(text).digest('hex');

  test('names the step in which a seller went another way, and the signature that fits', async () => {
    const { body, signature } = first!;
    const unsorted = mac(`${KEY}7A31C0FFEE1764000000000${mac(body)}`);
    const ended = await steward(['verify', ...GIVEN, '-', '--signature', unsorted], { stdin: body });
    expect(ended.exitCode).toBe(1);
    expect(ended.stdout).toMatch(/^The signature does not fit\.$/m);
    expect(ended.stdout).toMatch(/^Differs +body: keys not sorted$/m);
    expect(ended.stdout).toMatch(new RegExp(`^Expected +${signature}$`, 'm'));
  });

  test('says so to programs too', async () => {
    const ended = await steward(['verify', ...GIVEN, '-', '--signature', 'ab', '--json'], {
      stdin: first!.body,
    });
    expect(JSON.parse(ended.stdout)).toMatchObject({ fits: false, expected: first!.signature, mistakes: [] });
    expect(ended.exitCode).toBe(1);
  });
});

test.each([['not JSON'], ['[1]'], ['null'], ['']])('a body that is %j cannot be signed', async (body) => {
  const { stdout, stderr, exitCode } = await steward(['sign', ...GIVEN, '-'], { stdin: body });
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^INVALID_REQUEST: The body must be one JSON object\nNext: /);
  expect(exitCode).toBe(1);
});

test('a missing option is wrong usage', async () => {
  const { stderr, exitCode } = await steward(['sign', '--key', KEY]);
  expect(stderr).toMatch(/required option '--nonce <nonce>' not specified/);
  expect(exitCode).toBe(2);
});

test('as a process, with the body on the standard input', async () => {
  const { body, signature } = VECTORS[2]!;
  const signed = await stewardProcess(['sign', ...GIVEN, '-'], { stdin: body });
  expect(signed).toEqual({ stdout: `${signature}\n`, stderr: '', exitCode: 0 });
  const verified = await stewardProcess(['verify', ...GIVEN, '-', '--signature', 'ab'], { stdin: body });
  expect(verified.exitCode).toBe(1);
});
