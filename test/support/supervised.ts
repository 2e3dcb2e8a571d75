import type { Attachment } from '../../domain/order-line';
import type { OrderLineBody } from '../../domain/schemas/order';
import type { PlacedLine } from './placed-line';

/** A document as parties hand it in. */
export const PROOF: Attachment[] = [
  { name: 'acceptance.pdf', url: 'https://files.seller.example/acceptance.pdf', sha256: 'a'.repeat(64) },
];

/** A joint delivery of this scene is reviewed by the platform's operators (domain.md 2.0). */
export const EMPOWERMENT: Partial<OrderLineBody> = { scene: 'empowerment', trade: 'joint' };

/** The moves of a happy life, in order, by whoever makes them. */
export const submitRequirement = (line: PlacedLine) =>
  line.command('submit-requirement', 'buyer', {
    requirement: 'Ten seats, single sign-on',
    attachments: PROOF,
  });
export const confirmRequirement = (line: PlacedLine) => line.command('confirm-requirement', 'seller', {});
export const submitDeviceId = (line: PlacedLine) =>
  line.command('submit-device-id', 'buyer', { deviceId: 'HW-00-1A-2B' });
export const deliver = (line: PlacedLine, enabledAt?: string) =>
  line.command('deliver', 'seller', { proof: PROOF, ...(enabledAt !== undefined && { enabledAt }) });
export const reviewPass = (line: PlacedLine) => line.command('review-pass', 'operator', {});
export const accept = (line: PlacedLine) => line.command('accept', 'buyer', {});
export const openAppeal = (line: PlacedLine, by: 'buyer' | 'seller' = 'buyer') =>
  line.command('open-appeal', by, { reason: 'Nothing was delivered', proof: PROOF });
export const requestUnsubscription = (line: PlacedLine, minor = 500_000) =>
  line.command('request-unsubscription', 'buyer', {
    amount: { currency: 'CNY', minor },
    reason: 'We need it no more',
  });

/** The code with which a command is refused. */
export async function refusalOf(command: Promise<unknown>): Promise<string | undefined> {
  try {
    await command;
    return undefined;
  } catch (error) {
    return (error as { cause?: { type?: string } }).cause?.type ?? String(error);
  }
}
