import { cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { errorMessage, StewardError } from '../../domain/errors';
import type { TrackParcelInput } from '../../domain/logistics';
import type { LogisticsActivities } from '../contracts';
import { withDeadline } from '../production/deadline';
import type { Egress } from '../production';
import { FAILURES, SellerCallError } from '../production/exceptions';
import { ours } from '../production/our-part';
import { readAnswer, type ParcelAnswer } from './answer';
import type { LogisticsAccess, RecipientDirectory } from './ports';
import { queryForm } from './query';

export interface LogisticsDeps {
  logistics: LogisticsAccess;
  recipients: RecipientDirectory;
  egress: Egress;
  /** Milliseconds for one question in all; default 10 s. */
  carrierTimeout?: number;
}

/**
 * Asks carriers of parcels, by way of Kuaidi100 (domain.md 2.7). The recipient's phone is looked up here and enters
 * no history, log or failure.
 */
export function createLogisticsActivities(deps: LogisticsDeps): LogisticsActivities {
  return {
    async trackParcel(input) {
      const answer = await ask(deps, input);
      if ('refused' in answer) throw refused(answer);
      if ('nothing' in answer) throw noNews(input, answer.nothing);
      const { told } = answer;
      if (told.info === 'VALID' && told.state === input.known) throw noNews(input, 'nothing has changed');
      return told;
    },
  };
}

async function ask(
  { logistics, recipients, egress, carrierTimeout = 10_000 }: LogisticsDeps,
  input: TrackParcelInput,
): Promise<ParcelAnswer> {
  const { url } = logistics;
  const { customer, key } = configured(logistics);
  const { carrier, trackingNumber } = input;
  const { phone } = await ours('The recipient could not be looked up', async () => {
    const found = await recipients.find(input, input.addressId);
    if (!found) throw new StewardError('NOT_FOUND', { what: 'address', id: input.addressId });
    return found;
  });
  const body = queryForm({ carrier, trackingNumber, phone }, { customer, key });
  try {
    const json = await withDeadline(carrierTimeout, cancellationSignal(), (signal) =>
      egress.post({ url, body, sends: 'form', signal }),
    );
    return readAnswer(json, input);
  } catch (error) {
    if (!(error instanceof SellerCallError)) throw error;
    return { nothing: `no answer from Kuaidi100: ${wordsOf(error)}` };
  }
}

/** Without what the server itself said: it may quote the question. */
function wordsOf({ code, seen: { httpStatus } }: SellerCallError): string {
  const words = FAILURES[code].words.replace('production URL', 'KUAIDI100_URL');
  return httpStatus === undefined ? words : `${words} (HTTP ${httpStatus})`;
}

/** Throws the retryable `CONFIG_INVALID`: as soon as a worker has the setting, it goes on. */
function configured({ customer, key }: LogisticsAccess): { customer: string; key: string } {
  if (!customer) throw missing('KUAIDI100_CUSTOMER');
  if (!key) throw missing('KUAIDI100_KEY');
  return { customer, key };
}

function missing(setting: string): ApplicationFailure {
  const message = errorMessage('CONFIG_INVALID', {
    setting,
    reason: 'is missing: parcels are tracked by it',
  });
  return ApplicationFailure.retryable(message, 'CONFIG_INVALID');
}

function refused({ refused: reason, returnCode }: Extract<ParcelAnswer, { refused: string }>) {
  const message = errorMessage('LOGISTICS_REFUSED', { returnCode, reason });
  return ApplicationFailure.retryable(message, 'LOGISTICS_REFUSED');
}

/** Benign: waiting for months is no fault of anybody's and warns nobody. */
function noNews({ carrier, trackingNumber }: TrackParcelInput, reason: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'NO_PARCEL_NEWS',
    nonRetryable: false,
    category: ApplicationFailureCategory.BENIGN,
    message: errorMessage('NO_PARCEL_NEWS', { carrier, trackingNumber, reason }),
  });
}
