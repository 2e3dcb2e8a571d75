import { readAnswer } from '../../../activities/logistics/answer';
import { queryForm } from '../../../activities/logistics/query';

/** How the real-time query of Kuaidi100 is asked and read. */

const PARCEL = { carrier: 'shunfeng', trackingNumber: 'SF1234567890' };
const entry = (ftime: string) => ({ time: ftime, ftime, context: '…' });
const answered = (fields: object) => ({
  message: 'ok',
  nu: 'SF1234567890',
  com: 'shunfeng',
  status: '200',
  state: '3',
  data: [entry('2026-11-23 18:00:00'), entry('2026-11-22 09:00:00')],
  ...fields,
});
const read = (fields: object) => readAnswer(answered(fields), PARCEL);
const told = (state: string) => ({
  told: { info: 'VALID', state, at: Date.parse('2026-11-23T10:00:00Z') },
});

test('the signature is the upper-case MD5 of param, key and customer', () => {
  const form = new URLSearchParams(
    queryForm({ ...PARCEL, phone: '+86 137 8765-4321' }, { customer: 'C', key: 'K' }),
  );
  expect(Object.fromEntries(form)).toEqual({
    customer: 'C',
    param: '{"com":"shunfeng","num":"SF1234567890","phone":"13787654321"}',
    // printf '%s' '{"com":"shunfeng",…}KC' | md5sum, in capitals
    sign: 'B1691DFED4A963EFAAC6D0C851ED67E9',
  });
});

test.each([
  ['+86 13787654321', '13787654321'],
  ['137 8765 4321', '13787654321'],
  ['0755-86719032', '075586719032'],
  ['+852 2345 6789', '85223456789'],
])('the phone %s is dialled as %s', (phone, dialled) => {
  const form = new URLSearchParams(queryForm({ ...PARCEL, phone }, { customer: 'C', key: 'K' }));
  expect(JSON.parse(form.get('param') ?? '')).toMatchObject({ phone: dialled });
});

test.each([
  ...['3', 3].map((state) => [state, 'SIGNED'] as const),
  ...['4', '6', '14', 14].map((state) => [state, 'RETURNED'] as const),
  ...['0', '1', '2', '5', '7', '8', '10', '13', '99'].map((state) => [state, 'IN_TRANSIT'] as const),
])('state %p is %s', (state, expected) => {
  expect(read({ state })).toEqual(told(expected));
});

test('the newest entry counts, whatever their order', () => {
  const data = [entry('2026-11-22 09:00:00'), entry('2026-11-23 18:00:00'), entry('2026-11-23 17:59:59')];
  expect(read({ data })).toEqual(told('SIGNED'));
});

test('an entry without a readable time is passed over, and `time` stands in for `ftime`', () => {
  const data = [{ ftime: '23.11.2026' }, { ftime: '2026-13-01 00:00:00' }, { time: '2026-11-23 18:00:00' }];
  expect(read({ data })).toEqual(told('SIGNED'));
});

test.each([
  ['no entries', { data: [] }],
  ['entries without times', { data: [{ context: '…' }] }],
  ['no state', { state: undefined }],
  ['the answer of another parcel', { nu: 'SF0000000000' }],
])('%s is nothing', (_what, fields) => {
  expect(read(fields)).toHaveProperty('nothing');
});

test.each([null, 7, 'text', [], {}, answered({ data: 'none' }), answered({ status: 'fine' })])(
  'what is not as published is nothing: %j',
  (json) => {
    expect(readAnswer(json, PARCEL)).toHaveProperty('nothing');
  },
);

test('408 is another phone, but for a number that does not exist', () => {
  const refused = (message: string) => readAnswer({ result: false, returnCode: '408', message }, PARCEL);
  expect(refused('快递公司参数异常：验证码错误')).toEqual({ told: { info: 'PHONE_MISMATCH' } });
  expect(refused('快递公司参数异常：单号不存在或者已经过期')).toHaveProperty('nothing');
});

test('400 for incomplete data is no word about the carrier', () => {
  const json = { result: false, returnCode: '400', message: '提交的数据不完整' };
  expect(readAnswer(json, { ...PARCEL, carrier: 'pigeons' })).toMatchObject({ returnCode: '400' });
});
