import { z } from 'zod';
import type { ParcelNews, ParcelState, TrackParcelInput } from '../../domain/logistics';
import { WELL_KNOWN } from './carriers';

/** What Kuaidi100 makes of a question. The reasons are ours: its own text may quote what we asked. */
export type ParcelAnswer =
  | { told: ParcelNews }
  /** It knows nothing of the parcel now. */
  | { nothing: string }
  /** It does not serve us: an operator has to do something. */
  | { refused: string; returnCode: string };

const code = z
  .union([z.string(), z.int()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,4}$/));
const moment = z.string().max(32).nullish();

/** 200 with a parcel, or a `returnCode`; an old way of saying no has it in `status`. */
const answer = z.looseObject({
  returnCode: code.nullish(),
  status: code.nullish(),
  message: z.string().nullish(),
  nu: z.string().nullish(),
  state: code.nullish(),
  data: z
    .array(z.looseObject({ ftime: moment, time: moment }))
    .max(1_000)
    .nullish(),
});

const REFUSALS: Readonly<Record<string, string>> = {
  '400': 'the account is not authorised, or the query is incomplete; check KUAIDI100_CUSTOMER',
  '503': 'the signature is wrong; check KUAIDI100_CUSTOMER and KUAIDI100_KEY',
  '601': 'the key has expired, or its queries are used up; renew KUAIDI100_KEY',
};

/**
 * Reads an answer of the real-time query about a parcel. Its return codes: 400 no such carrier (找不到对应公司), or an
 * account that may not ask; 408 another phone (快递公司参数异常：验证码错误); 201 and 500 no result yet; 501 and 502 out of
 * order; 503 wrong signature; 601 key expired.
 */
export function readAnswer(
  json: unknown,
  { carrier, trackingNumber }: Pick<TrackParcelInput, 'carrier' | 'trackingNumber'>,
): ParcelAnswer {
  const { data: read } = answer.safeParse(json);
  const returnCode = read?.returnCode ?? read?.status;
  if (!read || !returnCode)
    return { nothing: 'the answer does not have the fields that the interface names' };
  const message = read.message ?? '';
  switch (returnCode) {
    case '200':
      return readParcel(read, trackingNumber);
    case '408':
      // 快递公司参数异常 is also said of a number that does not exist, or not any more (单号不存在或者已经过期).
      return message.includes('单号') ? unknown : { told: { info: 'PHONE_MISMATCH' } };
    case '400':
      return message.includes('公司') && !WELL_KNOWN.has(carrier)
        ? { told: { info: 'CARRIER_UNKNOWN' } }
        : refusedWith(returnCode);
    case '201':
    case '500':
      return unknown;
    case '501':
    case '502':
      return { nothing: `Kuaidi100 is out of order (${returnCode})` };
    default:
      return refusedWith(returnCode);
  }
}

function readParcel({ nu, state, data }: z.infer<typeof answer>, trackingNumber: string): ParcelAnswer {
  if (nu && nu.toUpperCase() !== trackingNumber.toUpperCase()) {
    return { nothing: 'the answer is about another parcel' };
  }
  const at = newest(data ?? []);
  if (!state || at === undefined) return unknown;
  return { told: { info: 'VALID', state: STATES[state] ?? 'IN_TRANSIT', at } };
}

function refusedWith(returnCode: string): ParcelAnswer {
  return { refused: REFUSALS[returnCode] ?? 'a return code that is not published', returnCode };
}

const unknown: ParcelAnswer = { nothing: 'the carrier does not know it yet' };

/**
 * Published: 0 on its way, 1 collected, 2 in trouble, 3 signed for, 4 sent back and signed for by the sender, 5 out for
 * delivery, 6 on its way back, 7 given to another carrier, 8 and 10 to 13 at the customs, 14 refused by the recipient.
 */
const STATES: Readonly<Record<string, ParcelState>> = {
  '3': 'SIGNED',
  '4': 'RETURNED',
  '6': 'RETURNED',
  '14': 'RETURNED',
};

/** The time of the newest entry, epoch milliseconds; carriers' clocks show China's time (UTC+8). */
function newest(data: readonly Partial<Record<'ftime' | 'time', string | null | undefined>>[]) {
  const moments = data.flatMap(({ ftime, time }) => momentOf(ftime ?? time ?? '') ?? []);
  return moments.length === 0 ? undefined : Math.max(...moments);
}

const MOMENT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

function momentOf(text: string): number | undefined {
  const [, day = '', clock = ''] = MOMENT.exec(text.trim()) ?? [];
  const moment = Date.parse(`${day}T${clock}+08:00`);
  return Number.isNaN(moment) ? undefined : moment;
}
