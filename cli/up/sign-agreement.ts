import { StewardApiError } from '../../client';
import type { DemoClients } from './clients';

/** What the sellers of the samples agree to. */
const AGREEMENT = {
  version: '2026-11',
  text: '华为云云商店合作协议（示例）\nCooperation agreement, an example for the demo of Steward.\n',
};

/**
 * The operator publishes an agreement; its seller reads no bill before it has signed. Done before, it changes nothing.
 *
 * @returns what the seller was told when it looked too early, for people; null when it had signed before
 */
export async function signAgreement({ operator, seller }: DemoClients): Promise<string | null> {
  await operator.publishAgreement(AGREEMENT);
  try {
    await seller.bills();
    return null;
  } catch (error) {
    if (!(error instanceof StewardApiError) || error.code !== 'AGREEMENT_NOT_SIGNED') throw error;
    await seller.signAgreement(AGREEMENT.version);
    return error.message;
  }
}
