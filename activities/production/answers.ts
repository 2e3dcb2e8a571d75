import { z } from 'zod';
import type { NewInstanceAnswer } from '../../domain/seller-calls';
import { SellerCallError, type FailureCode } from './exceptions';
import type { AppInfo } from './ports';
import { describeResultCode, IN_PROGRESS, SUCCESS } from './result-codes';

/** What every answer has (domain.md 1.3 to 1.7), and all of it for the reading of the rest. */
export interface Envelope {
  resultCode: string;
  resultMsg: string;
  fields: Record<string, unknown>;
}

const envelope = z.looseObject({
  // domain.md 8.9: 000004 is printed once as 0000004.
  resultCode: z
    .string()
    .regex(/^[\w.-]{1,32}$/, 'must be a result code of 6 digits')
    .transform((code) => (code === '0000004' ? IN_PROGRESS : code)),
  resultMsg: z.string().nullish(),
});

export function readEnvelope(json: unknown): Envelope {
  const fields = check(envelope, json, {});
  return { resultCode: fields.resultCode, resultMsg: fields.resultMsg ?? '', fields };
}

/** An id goes into comma-separated lists (domain.md 1.4), so it holds no comma and no space. */
const instanceId = z
  .string()
  .regex(/^[!-+\--~]{1,64}$/, 'must be 1 to 64 printable characters without space or comma');

/** `newInstance` is taken with 000000 or 000004 and an instance id (domain.md 1.3). */
export function readNewInstance(answer: Envelope): NewInstanceAnswer {
  const { resultCode, fields } = answer;
  if (resultCode !== SUCCESS && resultCode !== IN_PROGRESS) throw failed(answer);
  if (fields['instanceId'] === undefined || fields['instanceId'] === null || fields['instanceId'] === '') {
    throw failed(answer, resultCode === SUCCESS ? 'OPENED_WITHOUT_ID' : 'ACCEPTED_WITHOUT_ID');
  }
  const read = check(z.object({ instanceId }), fields, { resultCode });
  return { instanceId: read.instanceId, opened: resultCode === SUCCESS };
}

const optional = (max: number) => z.string().max(max).nullish();

const appInfo = z.object({
  // The buyer's page links to both, so nothing but a web address will do.
  frontEndUrl: z.url({ protocol: /^https?$/ }).max(512),
  adminUrl: z.union([z.url({ protocol: /^https?$/ }).max(512), z.literal('')]).nullish(),
  userName: optional(128),
  password: optional(128),
  memo: optional(1024),
});

/** What `queryInstance` tells: `appInfo` may be missing from a ready instance (domain.md 1.4). */
export type QueriedInstance =
  | { ready: false }
  | {
      ready: true;
      /** Null when it is missing, and when it cannot be used: that makes no instance less ready. */
      appInfo: AppInfo | null;
      /** Which fields of an `appInfo` cannot be used and why, without their values; else ''. */
      unusable: string;
    };

/** An instance is ready when 000000 comes with an entry for it; until then it is 000004, or no entry. */
export function readQueryInstance(answer: Envelope, id: string): QueriedInstance {
  const { resultCode, fields } = answer;
  if (resultCode === IN_PROGRESS) return { ready: false };
  if (resultCode !== SUCCESS) throw failed(answer);
  const entries = z.object({ info: z.array(z.looseObject({})).max(100).nullish() });
  const ours = check(entries, fields, { resultCode }).info?.find((entry) => entry['instanceId'] === id);
  if (ours === undefined) return { ready: false };
  const read = appInfo.nullish().safeParse(ours['appInfo']);
  if (!read.success) return { ready: true, appInfo: null, unusable: problemsOf(read.error) };
  return { ready: true, appInfo: read.data ? withoutGaps(read.data) : null, unusable: '' };
}

/** `releaseInstance` is done with 000000 (domain.md 1.7). */
export function readReleaseInstance(answer: Envelope): void {
  if (answer.resultCode === IN_PROGRESS) throw failed(answer, 'RELEASE_IN_PROGRESS');
  if (answer.resultCode !== SUCCESS) throw failed(answer);
}

/** The seller has taken note with 000000 (domain.md 1.11). */
export function readOrderNotify(answer: Envelope): void {
  if (answer.resultCode !== SUCCESS) throw failed(answer);
}

function failed({ resultCode, resultMsg }: Envelope, code: FailureCode = 'RESULT_CODE'): SellerCallError {
  const detail = describeResultCode(resultCode) + (resultMsg === '' ? '' : `: ${resultMsg}`);
  return new SellerCallError(code, detail, { httpStatus: 200, resultCode });
}

function check<T>(schema: z.ZodType<T>, value: unknown, seen: { resultCode?: string }): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new SellerCallError('ANSWER_NOT_AS_AGREED', problemsOf(result.error), { httpStatus: 200, ...seen });
}

/** The names of the fields and what is wrong with them, never their values. */
function problemsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [...path, message].join(': ')).join('; ');
}

function withoutGaps(read: z.infer<typeof appInfo>): AppInfo {
  const given = Object.entries(read).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  );
  return Object.fromEntries(given) as unknown as AppInfo;
}
