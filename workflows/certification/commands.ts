import { condition, currentUpdateInfo, setHandler } from '@temporalio/workflow';
import type { CertificationRequest } from '../../domain/certification/certification';
import {
  CERTIFICATION_COMMAND_NAMES,
  CERTIFICATION_COMMANDS,
  isLocked,
  MAX_REJECTIONS,
  next,
  possible,
  type CertificationCommand,
} from '../../domain/certification/machine';
import { ANSWERS_KEPT } from '../../domain/order-line';
import type { Party, Role } from '../../domain/parties';
import { checkShape, checkText } from '../checks';
import { certificationUpdates } from '../messages';
import { refusal } from '../refusal';
import type { Case } from './case';
import { newReview } from './state';

type Data = CertificationRequest['data'];

/** What commands check and record beyond the machine. The main loop does the effects. */
interface Rule {
  check?(data: Data): void;
  record(one: Case, data: Data): Parameters<Case['change']>[0];
  note(data: Data): string;
  tell?(one: Case, data: Data): void;
}

/** What all that is to be reviewed has alike; operators are written to when its end is known. */
const SUBMIT: Rule = {
  check: (data) => checkId(data, 'submissionId'),
  record: (_one, { submissionId = null }) => ({
    ...{ submissionId, contactId: submissionId, reason: null, review: newReview(Date.now()) },
  }),
  note: () => 'The business information was submitted.',
};

const RULES: Record<CertificationCommand, Rule> = {
  'submit-certification': SUBMIT,
  'update-certification': { ...SUBMIT, note: () => 'The business information was changed.' },
  'update-finance-contact': {
    check: (data) => checkId(data, 'contactId'),
    record: (_one, { contactId = null }) => ({ contactId, reason: null, review: newReview(Date.now()) }),
    note: () => 'The finance contact was changed.',
  },
  'approve-certification': {
    record: () => ({ review: null }),
    note: () => 'The seller is certified.',
    tell: (one) => one.mail('certification-approved', 'seller'),
  },
  'reject-certification': {
    check: (data) => checkText(data, 'reason'),
    record: (_one, { reason = null }) => ({ reason, review: null }),
    note: ({ reason = '' }) => reason,
    tell: (one, { reason = null }) => one.mail('certification-rejected', 'seller', reason),
  },
  'reopen-certification': {
    record: () => ({}),
    note: () => 'The seller may submit again.',
    tell: (one) => one.mail('certification-reopened', 'seller'),
  },
};

/** Registers each command's update: a synchronous validator that refuses, and a handler that records. */
export function handleCommands(one: Case): void {
  for (const command of CERTIFICATION_COMMAND_NAMES) handleCommand(one, command);
}

function handleCommand(one: Case, command: CertificationCommand): void {
  const rule = RULES[command];
  const { state } = one;
  setHandler(
    certificationUpdates[command],
    async ({ by, data }) => {
      const given = knownAnswer(one);
      if (given) return given;
      const standing = next(state, command);
      one.change({ ...standing, ...rule.record(one, data) }, { by: by.role, command, note: rule.note(data) });
      rule.tell?.(one, data);
      one.measure();
      const answer = one.answer();
      state.answers = [...state.answers, { id: updateId(), answer }].slice(-ANSWERS_KEPT);
      // Whoever reads it next finds until when the review is due.
      await condition(() => state.review === null || state.review.dueAt !== null);
      return answer;
    },
    {
      validator: (request: CertificationRequest) => {
        if (knownAnswer(one)) return;
        checkShape(request);
        checkParty(one, command, request.by);
        if (next(state, command) === null) throw refusalOf(one, command, request.by.role);
        rule.check?.(request.data);
      },
    },
  );
}

/** Who may: role and party. The API has checked it before; the workflow does not rely on that. */
function checkParty({ key }: Case, command: CertificationCommand, { role, sub }: Party): void {
  const roles: readonly Role[] = CERTIFICATION_COMMANDS[command];
  if (!roles.includes(role)) throw refusal('FORBIDDEN', { role, roles: roles.join(', ') });
  if (role === 'seller' && sub !== key.sellerId) {
    throw refusal('NOT_FOUND', { what: 'seller', id: key.sellerId });
  }
}

function refusalOf({ state }: Case, command: CertificationCommand, role: Role) {
  if (isLocked(state) && role === 'seller') return refusal('CERTIFICATION_LOCKED', { n: MAX_REJECTIONS });
  const allowed = possible(state).join(', ');
  return refusal('NOT_ALLOWED_NOW', { command, node: state.node, allowed });
}

/** The name of what was submitted, in SQL; the id of the update that brought it. */
function checkId(data: Data, field: 'submissionId' | 'contactId'): void {
  const id: unknown = data[field];
  if (typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id)) return;
  throw refusal('INVALID_REQUEST', {
    problems: `${field}: 1 to 128 letters, digits, dots, colons, hyphens`,
  });
}

/** The server forgets update ids when a run continues as new; the certification does not. */
function knownAnswer({ state }: Case) {
  return state.answers.find(({ id }) => id === updateId())?.answer;
}

function updateId(): string {
  return currentUpdateInfo()?.id ?? '';
}
