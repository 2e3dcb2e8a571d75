import { createHash } from 'node:crypto';

/** A question as it came, once its signature is right. */
export interface Question {
  com: string;
  num: string;
  phone: string;
}

export interface Account {
  customer: string;
  key: string;
}

/** The refusals of a question, by return code, with the words in which Kuaidi100 has them. */
export const REFUSALS: Readonly<Record<string, string>> = {
  '400': '找不到对应公司',
  '408': '快递公司参数异常：验证码错误',
  '500': '查询无结果，请隔段时间再查',
  '501': '服务器错误',
  '502': '服务器繁忙',
  '503': '验证签名失败',
  '601': 'POLL:KEY已过期',
};

/** The carriers that tell nothing without the phone of sender or recipient. */
const PHONE_NEEDED: readonly string[] = ['shunfeng', 'shunfengkuaiyun', 'zhongtong'];

/**
 * Reads a form of the real-time query as it is published: `sign` has to be the upper-case MD5 of param, key and
 * customer. It shares no code with Steward, so that each of the two proves the other.
 *
 * @returns the question, or the return code with which it is refused
 */
export function readQuestion(form: URLSearchParams, { customer, key }: Account): Question | string {
  const param = form.get('param') ?? '';
  if (form.get('customer') !== customer) return '400';
  const sign = createHash('md5').update(`${param}${key}${customer}`, 'utf8').digest('hex');
  if (form.get('sign') !== sign.toUpperCase()) return '503';
  const { com = '', num = '', phone = '' } = JSON.parse(param) as Partial<Question>;
  if (com === '' || com !== com.toLowerCase() || num.length < 6 || num.length > 32) return '400';
  return PHONE_NEEDED.includes(com) && phone === '' ? '408' : { com, num, phone };
}
