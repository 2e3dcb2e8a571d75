import { cpSync } from 'node:fs';
import { CARD, cardRow } from '../support/card';
import { eventually } from '../support/eventually';
import { endAllHomes, UpHome } from '../support/up-home';
import { stewardProcess } from './steward';

/** "Your first stuck order" of docs/operating.md: only with the page of the seller, the CLI and the mails. */

const ORDER = 'CS2611-HANGS';
const STUCK = /^CS2611-HANGS +OPENING +1 call .*waits for seller/m;

afterAll(endAllHomes);

const textOf = async (url: string) => (await fetch(url)).text();
/** The row of the order on the seller's page. */
const rowOf = (page: string) => new RegExp(`<tr id="${ORDER}">[^]*?</tr>`).exec(page)?.[0];

test('an order that hangs is found; the seller is mended; all is restored from a copy and the call restarted', async () => {
  const first = await UpHome.create();
  const running = first.npmStart('--windows', 'standard');
  const [card] = await running.says(CARD);
  await running.says(STUCK);

  const page = cardRow(card, 'Simulated seller');
  expect(rowOf(await textOf(page))).toMatch(/<td>Nothing made<\/td><td>newInstance: hangs, no answer<\/td>/);
  const env = { STEWARD_API: first.apiUrl, STEWARD_TOKEN: cardRow(card, 'Token operator') };
  const stuck = await stewardProcess(['order', 'list', '--node', 'OPENING'], { env });
  expect(stuck.stdout).toContain(ORDER);
  const calls = await stewardProcess(['calls', '--order', ORDER], { env });
  expect(calls.stdout).toMatch(/newInstance .*The server did not answer completely in time/);
  const mails = cardRow(card, 'Mails');
  await eventually(
    () => textOf(mails),
    (list) => list.includes(ORDER),
  );

  const pressed = await fetch(page, {
    method: 'POST',
    headers: { origin: first.apiUrl },
    body: new URLSearchParams({ orderId: ORDER, behaviour: 'opens' }),
  });
  expect(rowOf(await pressed.text())).toMatch(/value="opens" aria-pressed="true"/);
  // To the script alone, which passes it on: twice, as to a whole group, would mean at once.
  expect((await running.signal('SIGINT')).exitCode).toBe(0);

  // What docs/operating.md says of backups: a copy of the folder, made while it is stopped, is all there is.
  const second = await UpHome.create();
  cpSync(first.folder, second.folder, { recursive: true });
  await first.end();
  const restored = second.npmStart('--windows', 'standard');
  const [newCard] = await restored.says(CARD);
  const again = { STEWARD_API: second.apiUrl, STEWARD_TOKEN: cardRow(newCard, 'Token operator') };
  const restarted = await stewardProcess(['order', 'do', ORDER, 'restart-call'], { env: again });
  expect(restarted).toMatchObject({ exitCode: 0, stderr: '' });
  await restored.says(/^CS2611-HANGS +FIVE_DAYS +2 calls .*COMPLETED/m);
  expect(rowOf(await textOf(cardRow(newCard, 'Simulated seller')))).toContain('<td>Opened</td>');
  const shown = await stewardProcess(['order', 'show', ORDER], { env: again });
  expect(shown.stdout).toMatch(/Status +COMPLETED/);
  await restored.signal('SIGINT');
}, 300_000);
