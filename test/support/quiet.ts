import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Keeps what the SDK says of itself out of the test's output, apart from errors. Call it before any worker. */
export function quietRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  });
}
