import type { CertificationMailKind } from '../../../domain/certification/mail';
import type { Site } from '../../../domain/schemas/order';
import type { Language } from '../../../domain/schemas/primitives';
import type { KindText } from '.';

/** What mails about certifications say beside what all mails do. */
interface CertificationTexts {
  /** The whole subject line. */
  subject: (sellerId: string, subject: string) => string;
  labels: Record<'seller' | 'site' | 'node' | 'dueAt', string>;
  sites: Record<Site, string>;
  kinds: Record<CertificationMailKind, KindText>;
  /** The last paragraph for a seller who was rejected once too often. */
  locked: string;
}

export const CERTIFICATION_TEXTS: Record<Language, CertificationTexts> = {
  en: {
    subject: (sellerId, subject) => `Certification of ${sellerId}: ${subject}`,
    labels: { seller: 'Seller', site: 'Site', node: 'State', dueAt: 'Review due' },
    sites: { china: 'China', intl: 'International' },
    kinds: {
      'certification-submitted': {
        subject: 'to be reviewed',
        paragraphs: [
          'A seller has submitted its business information.',
          'Please review it, then give approve-certification, or reject-certification with the reason.',
        ],
      },
      'certification-overdue': {
        subject: 'the review is overdue',
        paragraphs: [
          'The business information of this seller was to be reviewed by the time below. Until then it gets no bill.',
          'Please give approve-certification, or reject-certification with the reason.',
        ],
      },
      'certification-approved': {
        subject: 'certified',
        paragraphs: ['Your business information is certified. What you have sold is billed from now on.'],
      },
      'certification-rejected': {
        subject: 'rejected',
        paragraphs: [
          'Your business information was not certified, for the reason below. What you sell is not billed until it is.',
          'Please put it right and submit it again.',
        ],
      },
      'certification-reopened': {
        subject: 'you may submit again',
        paragraphs: [
          'An operator has reopened your certification. Please submit your business information again.',
        ],
      },
    },
    locked:
      'It was rejected three times in a row: before you can submit again, an operator of the marketplace has to reopen it. Please write to them.',
  },
  zh: {
    subject: (sellerId, subject) => `商业信息认证 ${sellerId}：${subject}`,
    labels: { seller: '商家', site: '站点', node: '认证状态', dueAt: '审核截止时间' },
    sites: { china: '中国站', intl: '国际站' },
    kinds: {
      'certification-submitted': {
        subject: '待审核',
        paragraphs: [
          '商家已提交商业信息认证。',
          '请审核，并通过 approve-certification 通过，或通过 reject-certification 驳回并说明原因。',
        ],
      },
      'certification-overdue': {
        subject: '逾期未审核',
        paragraphs: [
          '该商家的商业信息认证未在下方截止时间之前审核。审核通过之前，不会为其出账。',
          '请通过 approve-certification 通过，或通过 reject-certification 驳回并说明原因。',
        ],
      },
      'certification-approved': {
        subject: '认证已通过',
        paragraphs: ['您的商业信息认证已通过，交易将正常出账。'],
      },
      'certification-rejected': {
        subject: '认证已驳回',
        paragraphs: [
          '您的商业信息认证未通过，原因见下方。认证通过之前，您的交易不会出账。',
          '请修改后重新提交。',
        ],
      },
      'certification-reopened': {
        subject: '可以重新提交',
        paragraphs: ['运营人员已重新开放您的商业信息认证，请重新提交。'],
      },
    },
    locked: '该认证已连续三次被驳回，您暂时不能自行提交，请联系运营人员重新开放。',
  },
};
