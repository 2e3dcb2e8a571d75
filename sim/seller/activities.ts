import type { AppInfo } from '../../domain/app-info';
import type { Books, Instance } from './books';
import type { Step } from './steps';

/** The body of a call; all published ones are flat and hold strings only (domain.md 1.3 to 1.7, 1.11). */
export type CallBody = Readonly<Partial<Record<string, string>>>;

export interface Answer {
  resultCode: string;
  resultMsg: string;
  instanceId?: string;
  info?: { instanceId: string; appInfo?: AppInfo }[];
}

/** Steps in which nothing is carried out: the call fails on its way to the seller's own program. */
const FAULT = /^(hang|drip|reset|http-\d+)$/;

const MARKUP = '# Down <img src=x onerror=alert(1)> [log in](https://evil.example) **now**';

/** Carries a call out as the step says, and gives the answer of the interface. */
export function answer(books: Books, step: Step, body: CallBody, appInfo: AppInfo | null): Answer {
  if (FAULT.test(step)) return { resultCode: '000005', resultMsg: step };
  if (step === 'markup') return { resultCode: '000005', resultMsg: MARKUP };
  if (/^\d+$/.test(step)) return { resultCode: step, resultMsg: `simulated ${step}` };
  const { activity } = body;
  if (activity === 'newInstance') return newInstance(books, step, body);
  if (activity === 'queryInstance') return queryInstance(books, body, appInfo);
  if (activity === 'releaseInstance') return releaseInstance(books, body);
  if (activity === 'orderNotify') return { resultCode: '000000', resultMsg: 'noted' };
  return { resultCode: '000002', resultMsg: 'unknown activity' };
}

function newInstance(
  books: Books,
  step: Step,
  { orderId = '', orderLineId = '', businessId = '' }: CallBody,
): Answer {
  if (step === 'accept-without-id') return { resultCode: '000004', resultMsg: 'accepted' };
  const instance = books.instanceOf(orderId, orderLineId, businessId);
  const [, queries] = /^accept:(\w+)$/.exec(step) ?? [];
  if (queries === undefined) instance.readyAfter = 0;
  else if (queries !== 'never') instance.readyAfter ??= Number(queries);
  const { instanceId } = instance;
  return isReady(instance)
    ? { resultCode: '000000', resultMsg: 'opened', instanceId }
    : { resultCode: '000004', resultMsg: 'accepted', instanceId };
}

function queryInstance(books: Books, { instanceId = '' }: CallBody, appInfo: AppInfo | null): Answer {
  const asked = instanceId.split(',').flatMap((id) => books.find(id) ?? []);
  if (asked.length === 0) return { resultCode: '000003', resultMsg: 'no such instance' };
  for (const instance of asked) instance.queries += 1;
  const info = asked
    .filter(isReady)
    .map((ready) => ({ instanceId: ready.instanceId, ...(appInfo && { appInfo }) }));
  if (info.length === 0) return { resultCode: '000004', resultMsg: 'still being opened' };
  return { resultCode: '000000', resultMsg: 'ready', info };
}

/** A repeated release is a success without effect (domain.md 1.7). */
function releaseInstance(books: Books, { instanceId = '' }: CallBody): Answer {
  const instance = books.find(instanceId);
  if (!instance) return { resultCode: '000003', resultMsg: 'no such instance' };
  instance.released = true;
  return { resultCode: '000000', resultMsg: 'released' };
}

/** Whether a query of it is answered with 000000. */
export function isReady({ readyAfter, queries }: Instance): boolean {
  return readyAfter !== null && queries >= readyAfter;
}
