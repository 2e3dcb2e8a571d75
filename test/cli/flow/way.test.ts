import { wayText } from '../../../cli/flow/way';

/** The flow of a line on one line of text. */

test('goes from the start to the end in reading order, with the present node in brackets', () => {
  const way = wayText({ delivery: 'service', node: 'DELIVERING', status: 'PROCESSING' }, 'zh');
  expect(way).toEqual({
    forward: '提交需求 → 商家确认需求 → [商家实施交付] → (华为云复核) → 用户确认验收 → 已结束',
    back: null,
  });
});

test.each([
  ['saas', 'POLLING', '开通中 → [已受理，等待开通结果] → (5天无理由退订期) → 已结束'],
  ['license-package', 'REVIEWING', '商家实施交付 → [华为云复核] → 用户确认验收 → 已结束'],
  [
    'license-device',
    'SUBMITTING_DEVICE_ID',
    '[提交识别码] → 商家实施交付 → (华为云复核) → 用户确认验收 → 已结束',
  ],
  [
    'license-code',
    'ACTIVATING',
    '商家实施交付 → 生成授权码 → 用户领取授权码 → [授权码激活] → 商家上传交付证明 → (华为云复核) → 已结束',
  ],
] as const)('%s in %s', (delivery, node, forward) => {
  expect(wayText({ delivery, node, status: 'PROCESSING' }, 'zh')).toEqual({ forward, back: null });
});

test('a completed line stands at the end of it', () => {
  const way = wayText({ delivery: 'saas', node: 'ENDED', status: 'COMPLETED' }, 'en');
  expect(way).toEqual({
    forward:
      'Opening at the seller → Accepted, waiting for the instance → (Five days without reason) → [Ended]',
    back: null,
  });
  const open = wayText({ delivery: 'image', node: 'FIVE_DAYS', status: 'COMPLETED' }, 'zh');
  expect(open).toEqual({ forward: '完成中 → [5天无理由退订期] → 已结束', back: null });
  const refunding = wayText({ delivery: 'image', node: 'REFUNDING', status: 'COMPLETED' }, 'zh');
  expect(refunding?.back).toBe('[退款中] → (退款受阻) → 已结束');
});

test('once money goes back the line stands on the way of the refund', () => {
  const stuck = wayText({ delivery: 'service', node: 'REFUND_STUCK', status: 'PROCESSING' }, 'en');
  expect(stuck?.back).toBe('Refunding → [Refund stuck] → Ended');
  expect(stuck?.forward).not.toContain('[');
  const released = wayText({ delivery: 'saas', node: 'RELEASING', status: 'UNSUBSCRIBED' }, 'zh');
  expect(released?.back).toBe('退款中 → (退款受阻) → [释放中] → (释放待确认) → 已结束');
});

test.each(['UNSUBSCRIBED', 'CLOSED'] as const)('a line that ended %s ended there', (status) => {
  const way = wayText({ delivery: 'license-code', node: 'ENDED', status }, 'zh');
  expect(way?.back).toBe('退款中 → (退款受阻) → [已结束]');
  expect(way?.forward).not.toContain('[');
});

test('a kind of a later release has none', () => {
  expect(wayText({ delivery: 'pay-per-use', node: 'DELIVERING', status: 'PROCESSING' }, 'en')).toBeNull();
});
