import type { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import {
  createEgress,
  createProductionActivities,
  type EgressOptions,
  type ProductionDeps,
} from '../../../activities/production';
import type { AppInfo, SellerAccess, SellerCallLog } from '../../../activities/production/ports';
import type { SellerCallInput, SellerException } from '../../../domain/seller-calls';
import type { CertificateAuthority } from '../../../sim/certificates';

export const ACCESS_KEY = 'test-access-key-0123456789';
export const INPUT: SellerCallInput = {
  orderId: 'CS2211181819B4LVS',
  orderLineId: 'CS2211181819B4LVS-000001',
  sellerId: 'seller-1',
  productId: 'product-1',
  attempt: 1,
  timeout: 2_000,
};

type Begun = Parameters<SellerCallLog['begin']>[0];
type Finished = Parameters<SellerCallLog['finish']>[1];

export interface RigOptions extends Partial<SellerAccess>, Pick<EgressOptions, 'resolve' | 'nameServers'> {
  /** The production URL. */
  url: string;
  authority: CertificateAuthority;
  /** Default: the host and port of `url`. */
  allow?: string[];
  /** Ports that are to be other than those in memory. */
  deps?: Partial<ProductionDeps>;
  /** Temporal's own count; default: 1. */
  temporalAttempt?: number;
}

/** The production activities over real HTTPS, with the authority of the test trusted and ports in memory. */
export function createRig({
  url,
  authority,
  allow = [new URL(url).host],
  resolve,
  nameServers,
  deps,
  temporalAttempt = 1,
  ...access
}: RigOptions) {
  const rows: (Begun & Partial<Finished>)[] = [];
  const saved: AppInfo[] = [];
  const logs: LogEntry[] = [];
  const environment = new MockActivityEnvironment(
    { attempt: temporalAttempt },
    { logger: new DefaultLogger('INFO', (entry) => logs.push(entry)) },
  );
  const activities = createProductionActivities({
    directory: { find: () => Promise.resolve({ productionUrl: url, accessKey: ACCESS_KEY, ...access }) },
    calls: {
      begin(call) {
        rows.push({ ...call });
        return Promise.resolve();
      },
      finish(callId, result) {
        Object.assign(rows.find((row) => row.callId === callId) ?? {}, result);
        return Promise.resolve();
      },
    },
    appInfo: {
      save(_orderId, _orderLineId, appInfo) {
        saved.push(appInfo);
        return Promise.resolve();
      },
    },
    egress: createEgress({
      ca: authority.certPem,
      allow,
      ...(resolve && { resolve }),
      ...(nameServers && { nameServers }),
    }),
    ...deps,
  });
  const run = <Input, Answer>(activity: (input: Input) => Promise<Answer>, input: Input): Promise<Answer> =>
    environment.run<[Input], Answer, typeof activity>(activity, input);
  return {
    /** 生产接口消息 in the order in which the calls were begun. */
    rows,
    /** What was stored for the buyer. */
    saved,
    /** What was logged from level INFO on. */
    logs,
    cancel: () => environment.cancel(),
    newInstance: (input: Partial<SellerCallInput> = {}) =>
      run((given) => activities.newInstance(given), { ...INPUT, ...input }),
    orderNotify: (input: Partial<SellerCallInput> = {}) =>
      run((given) => activities.orderNotify(given), { ...INPUT, ...input }),
    queryInstance: (instanceId: string) =>
      run((given) => activities.queryInstance(given), { ...INPUT, instanceId }),
    releaseInstance: (instanceId: string) =>
      run((given) => activities.releaseInstance(given), {
        ...INPUT,
        instanceId,
        unsubscriptionId: `${INPUT.orderLineId}-U1`,
      }),
  };
}

/** The failure of an activity; one that succeeds fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<ApplicationFailure> {
  return call.then(
    (answer) => Promise.reject(new Error(`The call succeeded: ${JSON.stringify(answer)}`)),
    (error: unknown) => error as ApplicationFailure,
  );
}

/** The exception with which a call failed on the seller's side. */
export async function exceptionOf(call: Promise<unknown>): Promise<SellerException> {
  const failure = await failureOf(call);
  expect(failure).toMatchObject({ type: 'SELLER_CALL_FAILED', nonRetryable: true });
  expect(failure.details).toHaveLength(1);
  const exception = failure.details?.[0] as SellerException;
  expect(failure.message).toBe(exception.words);
  return exception;
}
