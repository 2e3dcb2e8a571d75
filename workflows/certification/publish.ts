import { proxyLocalActivities } from '@temporalio/workflow';
import type { CertificationActivities } from '../../activities/contracts';
import { backoff, REGISTRY } from '../policies';
import type { Case } from './case';

const { publishCertification } = proxyLocalActivities<CertificationActivities>(REGISTRY);

/** Writes the newest view to the registry; when that fails, it is tried again at `Case.publishAt`. */
export async function publish(one: Case): Promise<void> {
  const { state } = one;
  if (!isUnpublished(one) || one.publishAt > Date.now()) return;
  const { revision, logged } = state;
  const summary = `Write revision ${revision} to the registry`;
  try {
    await publishCertification.executeWithOptions({ summary }, [{ ...one.key, view: one.view() }]);
    state.published = { revision, logged };
    one.failures = 0;
    one.trimLog();
  } catch {
    one.failures += 1;
    one.publishAt = Date.now() + backoff(one.failures);
  }
}

/** Whether the registry lags behind. */
export function isUnpublished({ state }: Case): boolean {
  return state.published.revision < state.revision;
}
