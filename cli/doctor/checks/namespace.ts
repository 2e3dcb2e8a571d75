import { RETENTION_DAYS, temporalProfile } from '../../../temporal.config';
import type { Check } from '../check';
import { ok, warning, wrong } from '../finding';

const DAY_SECONDS = 86_400;
/** gRPC's code for what does not exist. */
const NOT_FOUND = 5;

/** Whether the namespace exists, and how long it keeps closed runs. */
export const NAMESPACE: Check = {
  name: 'namespace',
  needs: 'temporal',
  async look(ground) {
    const { workflowService } = await ground.temporal();
    const { namespace } = temporalProfile(ground.env);
    try {
      const { config } = await workflowService.describeNamespace({ namespace });
      const days = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS;
      if (days < RETENTION_DAYS) {
        return warning(
          `${namespace} forgets closed runs after ${days} days`,
          `start a worker or the API, which sets ${RETENTION_DAYS} days`,
        );
      }
      return ok(`${namespace} keeps closed runs for ${days} days`);
    } catch (error) {
      if (!isMissing(error)) throw error;
      return wrong(
        `there is no ${namespace}`,
        `"temporal operator namespace create -n ${namespace}", or name another with TEMPORAL_NAMESPACE`,
      );
    }
  },
};

/** Whether the server says that the namespace does not exist. */
export function isMissing(error: unknown): boolean {
  return (error as { code?: unknown }).code === NOT_FOUND;
}
