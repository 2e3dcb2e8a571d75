import { REFUSALS, type Question } from './protocol';
import type { Step } from './steps';

/** The body of an answer; its fields and their order are those of the published examples. */
export type Answer =
  | { result: false; returnCode: string; message: string }
  | {
      message: 'ok';
      nu: string;
      ischeck: '0' | '1';
      com: string;
      status: '200';
      /** The newest first. */
      data: { time: string; ftime: string; context: string }[];
      state: string;
      condition: string;
    };

const TOLD = {
  'in-transit': { state: '0', context: '快件在【上海转运中心】完成分拣，准备发往下一站' },
  signed: { state: '3', context: '您的快件已签收，感谢使用' },
  returned: { state: '6', context: '快件正在退回寄件人' },
} as const;

const HOUR = 3_600_000;

/** What is answered to a question, as the step says. */
export function answerTo({ com, num }: Question, step: Step, since: number): Answer {
  if (step === 'unknown') return refusal('500');
  if (step === 'phone-mismatch') return refusal('408');
  if (step === 'no-such-carrier') return refusal('400');
  if (/^\d+$/.test(step)) return refusal(step);
  const what = step.split(':')[0] ?? '';
  const told = what in TOLD ? TOLD[what as keyof typeof TOLD] : TOLD.signed;
  return {
    message: 'ok',
    nu: step === 'other-parcel' ? `${num}0` : num,
    ischeck: told.state === '3' ? '1' : '0',
    com,
    status: '200',
    data: [entry(since, told.context), entry(since - HOUR, '快件已揽收')],
    state: told.state,
    condition: '00',
  };
}

export function refusal(returnCode: string): Answer {
  return { result: false, returnCode, message: REFUSALS[returnCode] ?? '异常' };
}

/** Times are China's (UTC+8), to the second. */
function entry(at: number, context: string) {
  const time = new Date(at + 8 * HOUR).toISOString().slice(0, 19).replace('T', ' ');
  return { time, ftime: time, context };
}
