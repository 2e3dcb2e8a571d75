import type { CertificationNode } from '../../domain/certification/certification';
import type { CertificationMail, CertificationMailKind } from '../../domain/certification/mail';
import { certificationMailId } from '../../domain/ids';

/** Who gets the mails about certifications. */
export const CERTIFICATION_RECIPIENTS: Record<CertificationMailKind, readonly [CertificationMail['to']]> = {
  'certification-submitted': ['operator'],
  'certification-overdue': ['operator'],
  'certification-approved': ['seller'],
  'certification-rejected': ['seller'],
  'certification-reopened': ['seller'],
};

type Example = Pick<CertificationMail, 'node' | 'quote'> & { due?: true };

const EXAMPLES: Record<CertificationMailKind, Example> = {
  'certification-submitted': { node: 'UNDER_REVIEW', quote: null, due: true },
  'certification-overdue': { node: 'UNDER_REVIEW', quote: null, due: true },
  'certification-approved': { node: 'CERTIFIED', quote: null },
  'certification-rejected': { node: 'REJECTED', quote: 'The licence of the company has expired.' },
  'certification-reopened': { node: 'REJECTED', quote: null },
};

const KEY = { sellerId: 'seller-1', site: 'china' } as const;

/** A mail about a certification as its workflow could ask for it: for previews and tests. */
export function exampleCertificationMail(
  kind: CertificationMailKind,
  to: CertificationMail['to'] = CERTIFICATION_RECIPIENTS[kind][0],
  node: CertificationNode = EXAMPLES[kind].node,
): CertificationMail {
  const { quote, due } = EXAMPLES[kind];
  return {
    ...{ id: certificationMailId(KEY, 1), kind, to, ...KEY, node, quote, locked: false },
    dueAt: due ? Date.parse('2026-11-25T00:00:00+08:00') : null,
  };
}
