import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { StewardClient } from '../../client';
import { ROLES } from '../../domain/parties';
import { WINDOWS } from '../../domain/windows';
import { CARD, cardRow } from '../support/card';
import { orderBody } from '../support/orders';
import { processesOf, untilNoneLeft } from '../support/processes';
import type { UpEnded } from '../support/up';
import { atHome, endAllHomes, UpHome } from '../support/up-home';
import { stewardProcess } from './steward';

/** `steward up` and `npm start` as a person at a terminal sees them, apart from the sample orders. */

const MINUTES = 300_000;

afterAll(endAllHomes);

test('--help shows every option with its default', async () => {
  const { stdout, exitCode } = await stewardProcess(['up', '--help']);
  const options = ['--exit', '--empty', '--windows <profile>', '--api-port <port>', '--temporal-port <port>'];
  for (const option of [...options, '--ui-port <port>']) expect(stdout).toContain(option);
  expect(stdout).toMatch(/"standard", "fast"[^]*"fast"[^]*8080[^]*7233[^]*8233[^]*STEWARD_STATE/);
  expect(exitCode).toBe(0);
});

test.each([
  [['--windows', 'slow'], /Allowed choices are standard, fast/],
  [['--api-port', 'http'], /from 1 to 65535/],
  [['--emtpy'], /Did you mean --empty/],
])('%j is refused with what is possible', async (args, told) => {
  const { stderr, exitCode } = await stewardProcess(['up', ...args]);
  expect(stderr).toMatch(told);
  expect(exitCode).toBe(2);
});

test('a key server for tokens is refused: nobody could make those of the card', async () => {
  const home = await UpHome.create();
  const env = { STEWARD_STATE: home.folder, JWT_JWKS_URL: 'https://id.example/keys' };
  const { stderr, exitCode } = await stewardProcess(['up', '--empty'], { env });
  expect(stderr).toMatch(/^CONFIG_INVALID: Setting JWT_JWKS_URL: .*"steward api"/m);
  expect(exitCode).toBe(1);
  await home.end();
});

test.concurrent(
  'the card tells where everything is and who one can be; --empty places nothing; Ctrl-C ends it in order',
  () =>
    atHome(async (home) => {
      const running = home.up('--empty', '--windows', 'standard');
      const [card] = await running.says(CARD);
      expect(cardRow(card, 'API')).toContain(home.apiUrl);
      expect(cardRow(card, 'Temporal UI')).toBe(`http://127.0.0.1:${home.ports.ui}`);
      expect((await fetch(cardRow(card, 'Temporal UI'))).status).toBe(200);
      expect((await fetch(`${home.apiUrl}/docs`)).status).toBe(200);
      const metrics = cardRow(card, 'Metrics');
      expect(await (await fetch(metrics)).text()).toMatch(/^steward_worker_running 1$/m);
      const ready = await fetch(new URL('/readyz', metrics));
      expect(await ready.json()).toEqual({ worker: true, api: true, database: true, temporal: true });
      expect(cardRow(card, 'Mails')).toBe(`${home.apiUrl}/dev/mail`);
      expect(await (await fetch(cardRow(card, 'Mails'))).text()).toContain(
        '<h1>Mails that Steward sent</h1>',
      );

      const as = (role: (typeof ROLES)[number]) =>
        new StewardClient({ baseUrl: home.apiUrl, token: cardRow(card, `Token ${role}`) });
      for (const role of ROLES.filter((one) => one !== 'carrier')) {
        expect(await as(role).listOrders()).toEqual({ items: [], nextCursor: null });
      }
      const order = orderBody('CS-BY-HAND', { sellerId: 'seller-1', productId: 'crm' });
      const { lines } = await as('platform').placeOrder(order);
      expect(lines[0]?.windows).toEqual(WINDOWS.standard);

      expectInOrder(await running.ctrlC());
      expect(await processesOf(home.folder)).toEqual([]);
    }),
  MINUTES,
);

test.concurrent(
  'a second one on the same state is refused with the pid of the first, which goes on',
  () =>
    atHome(async (home) => {
      const first = home.up('--empty');
      await first.says(CARD);
      const second = await home.up('--empty').ended;
      expect(second.stderr).toMatch(
        new RegExp(`^DATABASE_LOCKED: Process ${first.pid} works on ${home.folder}/.*STEWARD_STATE`, 'm'),
      );
      expect(second).toMatchObject({ exitCode: 1, stdout: '' });
      expect((await fetch(`${home.apiUrl}/readyz`)).status).toBe(200);
      expectInOrder(await first.signal('SIGTERM'));
      expect(await processesOf(home.folder)).toEqual([]);
    }),
  MINUTES,
);

test.concurrent.each([
  ['npm start', (home: UpHome) => home.npmStart()],
  ['steward up', (home: UpHome) => home.up()],
])(
  'Ctrl-C while the samples of "%s" run ends it within 15 s and leaves no process',
  (_, start) =>
    atHome(async (home) => {
      const running = start(home);
      await running.says(/^CS2611-HANGS +OPENING /m);
      const pressed = Date.now();
      const { exitCode } = await running.ctrlC();
      await untilNoneLeft(home.folder, 15_000);
      expect(Date.now() - pressed).toBeLessThan(15_000);
      expect([0, 130]).toContain(exitCode);
    }),
  MINUTES,
);

test.concurrent(
  'Ctrl-C while it starts leaves no process',
  () =>
    atHome(async (home) => {
      const running = home.up();
      await home.untilServerStarts();
      const { exitCode, stdout } = await running.ctrlC();
      expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
      await untilNoneLeft(home.folder, 15_000);
    }),
  MINUTES,
);

test.concurrent.each([
  ['api', 'API', '--api-port'],
  ['temporal', 'Temporal dev server', '--temporal-port'],
  ['ui', 'Temporal UI', '--ui-port'],
] as const)(
  'a busy %s port is named with the option that changes it, and nothing stays behind',
  (which, what, option) =>
    atHome(async (home) => {
      const squatter = createServer().listen(home.ports[which], '127.0.0.1');
      await once(squatter, 'listening');
      const { port } = squatter.address() as AddressInfo;
      const { exitCode, stdout, stderr } = await home.up('--empty').ended;
      squatter.close();
      expect(stderr).toMatch(
        new RegExp(`^PORT_BUSY: Port ${port} \\(${what}\\) is in use; choose another with ${option}$`, 'm'),
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(await processesOf(home.folder)).toEqual([]);
    }),
  MINUTES,
);

test.concurrent.each([
  ['without samples', ['--empty'], CARD],
  ['while samples run', [], /^CS2611-SENT-BACK +SUBMITTING_REQUIREMENT /m],
])(
  'a Temporal server that dies %s ends it with 1 and the log to look at',
  (_, options, moment) =>
    atHome(async (home) => {
      const running = home.up(...options);
      await running.says(moment);
      process.kill(await home.untilServerStarts(), 'SIGKILL');
      const { exitCode, stderr } = await running.ended;
      expect(stderr).toMatch(/^SERVER_FAILED: .*Temporal dev server ended; see .*steward\.log$/m);
      expect(exitCode).toBe(1);
      expect(await processesOf(home.folder)).toEqual([]);
    }),
  MINUTES,
);

/** What a slow start shows of its progress, on a busy machine. */
const PROGRESS = /^Temporal dev server: .* \d+ s\n/gm;

/** It was asked to end and did: success, and no word of trouble. */
function expectInOrder({ exitCode, stderr }: UpEnded): void {
  expect({ exitCode, stderr: stderr.replace(PROGRESS, '') }).toEqual({
    exitCode: 0,
    stderr: 'Steward stays up; Ctrl-C stops it.\nStopping …\n',
  });
}
