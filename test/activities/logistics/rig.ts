import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import { createLogisticsActivities, type LogisticsDeps } from '../../../activities/logistics';
import { createEgress } from '../../../activities/production';
import { ORDERED_ADDRESS, type Recipient, type TrackParcelInput } from '../../../domain/logistics';
import type { CertificateAuthority } from '../../../sim/certificates';

export const PHONE = '+86 137-8765-4321';
export const INPUT: TrackParcelInput = {
  orderId: 'CS-1',
  orderLineId: 'CS-1-000001',
  carrier: 'shunfeng',
  trackingNumber: 'SF1234567890',
  addressId: ORDERED_ADDRESS,
  known: null,
};

/** The activity over real HTTPS, with the authority of the test trusted and recipients in memory. */
export function createRig(
  authority: CertificateAuthority,
  logistics: LogisticsDeps['logistics'],
  deps: Partial<LogisticsDeps> = {},
) {
  const logs: LogEntry[] = [];
  const environment = new MockActivityEnvironment(
    {},
    { logger: new DefaultLogger('DEBUG', (entry) => logs.push(entry)) },
  );
  const recipients: Record<string, Recipient> = {
    [ORDERED_ADDRESS]: { name: '李小红', phone: PHONE, address: '上海市' },
    moved: { name: '王五', phone: '010-12345678', address: '北京市' },
  };
  const { trackParcel } = createLogisticsActivities({
    logistics,
    recipients: { find: (_line, addressId) => Promise.resolve(recipients[addressId]) },
    egress: createEgress({ ca: authority.certPem, allow: [new URL(logistics.url).host] }),
    carrierTimeout: 1_000,
    ...deps,
  });
  return {
    /** What was logged, from level DEBUG on. */
    logs,
    cancel: () => environment.cancel(),
    track: (input: Partial<TrackParcelInput> = {}) =>
      environment.run((given: TrackParcelInput) => trackParcel(given), { ...INPUT, ...input }),
  };
}
