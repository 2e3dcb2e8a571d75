import type { Texts } from '.';

export const zh: Texts = {
  tag: 'zh-CN',
  subject: (orderId, subject) => `订单 ${orderId}：${subject}`,
  fact: (name, value) => `${name}：${value}`,
  greeting: '您好：',
  labels: {
    order: '订单',
    line: '订单行',
    product: '商品',
    node: '当前节点',
    dueAt: '截止时间',
    amount: '金额',
  },
  quote: '相关说明（原文引用）：',
  link: '查看订单',
  footer: '本邮件由系统自动发送，请勿直接回复。',
  kinds: {
    'call-failed': {
      subject: '生产接口调用失败',
      paragraphs: [
        '为开通此订单，我们调用了贵方的生产接口，但调用失败。截止时间之前我们会继续重试；逾期仍未开通的，订单将自动退订并退款给买家。',
        '请尽快排查。接口恢复后，可通过 restart-call 立即重新发起调用。',
      ],
    },
    opened: {
      subject: '商品已开通',
      paragraphs: [
        '商家已为您开通商品，现在即可使用。',
        '登录方式请在订单中查看。为保障您的安全，本邮件不包含登录信息。',
      ],
    },
    completed: { subject: '订单已完成', paragraphs: ['交付已完成，订单已完成。'] },
    unsubscribed: {
      subject: '订单已退订',
      paragraphs: ['订单已退订。应退款项将按原支付方式退回。'],
    },
    closed: {
      subject: '订单已关闭',
      paragraphs: ['运营人员已关闭此订单。应退款项将按原支付方式退回。'],
    },
    'refund-stuck': {
      subject: '退款受阻',
      paragraphs: [
        '平台尚未受理此订单的退款。',
        '请查明原因，然后通过 retry-refund 重新发起退款；若买家已收到款项，请通过 record-refund 登记。',
      ],
    },
    'release-unconfirmed': {
      subject: '实例释放待确认',
      paragraphs: [
        '订单已退订，但商家未确认实例已释放。',
        '请与商家核实，确认实例已释放后通过 confirm-release 登记。',
      ],
    },
    'remove-instance': {
      subject: '请清理可能存在的实例',
      paragraphs: [
        '我们曾请求贵方开通此订单，但未收到应答，此后订单已退订。',
        '如该次调用已创建实例，请予以清理并告知运营人员。',
      ],
    },
    'address-changed': {
      subject: '收货地址已修改',
      paragraphs: ['买家已修改收货地址，新地址请在订单中查看。', '发货前请务必核对。'],
    },
    'parcel-signed': {
      subject: '包裹已签收',
      paragraphs: [
        '物流信息显示您的包裹已签收，请检查交付内容。',
        '如未收到，请在截止时间之前驳回或发起申诉。',
      ],
    },
    'no-automatic-acceptance': {
      subject: '订单不会自动验收',
      paragraphs: [
        '此订单须由买家确认验收后才能完成。',
        '物流公司或快递单号有误的，商家可通过 correct-logistics 更正；也可通过 remind-buyer 提醒买家验收。',
      ],
    },
    'acceptance-reminder': {
      subject: '请确认验收或驳回',
      paragraphs: ['商家提醒您检查交付内容，并确认验收或驳回。'],
    },
    'unsubscription-in-transit': {
      subject: '在途商品退订待确认',
      paragraphs: [
        '买家申请退订在途且未收货的商品。',
        '请通过 confirm-unsubscription 确认（随后由商家处理），或通过 refuse-unsubscription 拒绝。',
      ],
    },
    'unsubscription-refused': {
      subject: '退订申请未获确认',
      paragraphs: [
        '商品在途，运营人员未确认此退订申请，交付流程从原节点继续。',
        '收货后您可以再次申请退订，或发起申诉。',
      ],
    },
    'unsubscription-requested': {
      subject: '买家申请退订',
      paragraphs: [
        '买家申请退订此订单，申请退款金额见下方。',
        '请同意或驳回该申请。处理完成之前，交付流程暂停。',
      ],
    },
    'unsubscription-rejected': {
      subject: '退订申请已被驳回',
      paragraphs: ['退订申请已被驳回，交付流程从原节点继续。', '买家可以再次申请退订，双方均可发起申诉。'],
    },
    'unsubscription-withdrawn': {
      subject: '退订申请已撤回',
      paragraphs: ['买家撤回了退订申请，交付流程从原节点继续。'],
    },
    'unsubscription-overdue': {
      subject: '退订申请逾期未处理',
      paragraphs: [
        '买家申请退订此订单，处理期限已过。',
        '该申请须由商家同意或驳回。处理完成之前，交付流程暂停。',
      ],
    },
    'appeal-opened': {
      subject: '已发起申诉',
      paragraphs: ['此订单已有申诉。在运营人员处理完成之前，流程冻结，双方均不能操作。'],
    },
    'appeal-overdue': {
      subject: '申诉逾期未处理',
      paragraphs: ['此订单的申诉未按时处理，流程仍处于冻结状态。', '请通过 resolve-appeal 处理。'],
    },
    'appeal-resolved': {
      subject: '申诉已处理',
      paragraphs: ['运营人员已处理此订单的申诉，后续流程请查看订单。'],
    },
  },
  acceptance: {
    AFTER_SIGNATURE:
      '物流信息显示签收后满十天，订单将自动验收（此前已验收或驳回的除外）；没有签收信息的，不会自动验收。',
    DUE: '包裹已签收。订单将在下方截止时间自动验收（此前已验收或驳回的除外）；需要复核的，复核通过后才会验收。',
    STOPPED: '包裹已签收。申诉或退订处理期间，自动验收计时暂停。',
    RETURNED: '物流信息显示包裹已被拒收或退回，订单不会自动验收。',
    PHONE_MISMATCH: '物流信息中的收件人手机号与订单不一致，订单不会自动验收。',
    CARRIER_UNKNOWN: '无法查询该物流公司的物流信息，订单不会自动验收。',
  },
  yourMove: (node) => `待您处理：${node}`,
  moves: {
    SUBMITTING_REQUIREMENT: '请提交您与商家商定的需求，并附上需求文档。',
    CONFIRMING_REQUIREMENT: '请查看买家提交的需求，并确认或驳回。',
    SUBMITTING_DEVICE_ID: '请提交需要授权的设备或系统的识别码。',
    SHIPPING: '请核对收货地址并发货，填写物流公司、快递单号，上传发货证明。',
    DELIVERING: '请实施交付，并上传交付证明，填写服务实际开通时间。',
    ISSUING_CODE: '授权码正在生成，您无需操作。',
    CLAIMING: '请领取授权码。领取前请先确认商家已交付：领取后订单不能再退订。',
    ACTIVATING: '买家已领取授权码。请在买家提供授权码后，由贵方软件尽快激活。',
    PROVING: '授权码已激活，请上传交付证明。',
    REVIEWING: '请复核交付证明，并通过或驳回。',
    ACCEPTING: '商家已交付。请检查交付内容，并确认验收或驳回。',
    OPENING: '请通过生产接口开通此订单。',
    POLLING: '贵方已受理此订单，请完成开通。',
    COMPLETING: '订单正在完成，您无需操作。',
    FIVE_DAYS: '在截止时间之前，您可以无理由全额退订此订单。',
    REFUNDING: '请受理此订单的退款。',
    REFUND_STUCK: '请通过 retry-refund 重新发起退款，或通过 record-refund 登记。',
    RELEASING: '请释放此订单的实例。',
    RELEASE_UNCONFIRMED: '请确认实例已释放，并通过 confirm-release 登记。',
    ENDED: '订单已结束，您无需操作。',
  },
};
