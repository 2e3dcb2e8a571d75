import { getCertification } from '../db/certification/certifications';
import {
  dropSubmission,
  openSubmission,
  stashSubmission,
  type Submission,
} from '../db/certification/submissions';
import { getSeller } from '../db/sellers';
import type { CertificationAnswer } from '../domain/certification/answer';
import {
  CERTIFICATION_NODES,
  UNCERTIFIED,
  type CertificationKey,
  type CertificationRequest,
  type CertificationView,
} from '../domain/certification/certification';
import { CERTIFICATION_COMMANDS, possible, type CertificationCommand } from '../domain/certification/machine';
import { isOwnAccount } from '../domain/certification/submission';
import { StewardError } from '../domain/errors';
import { certificationWorkflowId } from '../domain/ids';
import { LOG_KEPT } from '../domain/order-line';
import type { Party } from '../domain/parties';
import type { CertificationBody } from '../domain/schemas/certification';
import { iso } from '../domain/time';
import type { ApiContext } from './context';
import { readAfter } from './registry-read';

/** A command of a party for a certification. */
export interface GivenCertificationCommand<C extends CertificationCommand = CertificationCommand> {
  party: Party;
  sellerId: string;
  command: C;
  /** Checked against the command's schema. */
  data: CertificationBody<C>;
  /** The same id takes effect once. */
  updateId: string;
}

/** How a certification stands. Rejects with `NOT_FOUND` for an unknown seller, and for another one than the caller. */
export async function readCertification(
  api: ApiContext,
  party: Party,
  key: CertificationKey,
): Promise<CertificationAnswer> {
  await checkSeller(api, party, key.sellerId);
  return answerOf(api, key, await viewOf(api, key));
}

/**
 * Gives a command to a certification and answers with its new view. What was submitted goes to SQL, encrypted; the
 * workflow gets its id, which is the update's, so that a repetition is the same submission.
 *
 * @throws `NOT_FOUND`, `BANK_ACCOUNT_NAME_DIFFERS`, `TRY_AGAIN`, and whatever the certification refuses with
 */
export async function giveCertificationCommand(
  api: ApiContext,
  { party, sellerId, command, data, updateId }: GivenCertificationCommand,
): Promise<CertificationAnswer> {
  const key = { sellerId, site: data.site };
  await checkSeller(api, party, sellerId);
  const kept = await getCertification(api.database, key);
  if (!kept && command !== 'submit-certification') {
    const { node } = UNCERTIFIED;
    throw new StewardError('NOT_ALLOWED_NOW', { command, node, allowed: possible(UNCERTIFIED).join(', ') });
  }
  const start = {
    ...{ ...key, windows: { certificationReview: api.windows.certificationReview } },
    ...(kept && { kept: { ...kept, log: kept.log.slice(-LOG_KEPT) } }),
  };
  const give = (about: CertificationRequest['data']) =>
    api.certifications.command(start, command, { by: party, data: about }, updateId);
  const submission = submissionOf(data);
  const answer = await (submission
    ? withSubmission(api, { ...key, id: updateId }, submission, () =>
        give(submission.business ? { submissionId: updateId } : { contactId: updateId }),
      )
    : give('reason' in data ? { reason: data.reason } : {}));
  const { view } = await readAfter(answer, async () => ({ view: await viewOf(api, key) }));
  return answerOf(api, key, view);
}

/** What a command hands in; null for a verdict. */
function submissionOf(data: CertificationBody<CertificationCommand>): Submission | null {
  if (!('financeContact' in data)) return null;
  const { financeContact } = data;
  if (!('companyName' in data)) return { business: null, financeContact };
  const { companyName, taxNumber, bank } = data;
  const business = { companyName, taxNumber, bank };
  if (!isOwnAccount(business)) throw new StewardError('BANK_ACCOUNT_NAME_DIFFERS');
  return { business, financeContact };
}

/** One that is refused is forgotten, unless it was kept before: then the same update may have been taken. */
async function withSubmission<Result>(
  { database, keyring }: ApiContext,
  key: CertificationKey & { id: string },
  submission: Submission,
  give: () => Promise<Result>,
): Promise<Result> {
  const isNew = await stashSubmission(database, keyring, key, submission);
  try {
    return await give();
  } catch (error) {
    const isRefused = error instanceof StewardError && error.status < 500;
    if (isNew && isRefused) await dropSubmission(database, key);
    throw error;
  }
}

/** Sellers see and move only their own. */
async function checkSeller({ database }: ApiContext, { role, sub }: Party, sellerId: string): Promise<void> {
  const own = role !== 'seller' || sub === sellerId;
  if (own && (await getSeller(database, sellerId))) return;
  throw new StewardError('NOT_FOUND', { what: 'seller', id: sellerId });
}

async function viewOf({ database }: ApiContext, key: CertificationKey): Promise<CertificationView> {
  return (await getCertification(database, key)) ?? UNCERTIFIED;
}

async function answerOf(
  { database, keyring }: ApiContext,
  key: CertificationKey,
  view: CertificationView,
): Promise<CertificationAnswer> {
  const { revision, node, waitingFor, dueAt, provisional, rejections, reason, log } = view;
  return {
    ...key,
    workflowId: certificationWorkflowId(key),
    ...{ revision, node, nodeName: CERTIFICATION_NODES[node], waitingFor },
    allowed: possible(view).map((command) => ({ command, roles: CERTIFICATION_COMMANDS[command] })),
    ...{ dueAt: dueAt === null ? null : iso(dueAt), provisional, rejections, reason },
    ...(await openSubmission(database, keyring, key, view)),
    log: log.map(({ at, by, command, from, to, note }) => ({ at: iso(at), by, command, from, to, note })),
  };
}
