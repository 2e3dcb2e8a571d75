import type { Check } from '../check';
import { ok, warning } from '../finding';

/** The oldest server that has all Steward asks for; it is tested with 1.29. */
const OLDEST = [1, 28] as const;

/** Whether the server answers, and its version. */
export const TEMPORAL: Check = {
  name: 'temporal',
  async look(ground) {
    const { workflowService } = await ground.temporal();
    const { serverVersion } = await workflowService.getSystemInfo({});
    const [major = 0, minor = 0] = serverVersion.split('.').map(Number);
    if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
      return warning(`version ${serverVersion} is older than ${OLDEST.join('.')}`, 'upgrade the server');
    }
    return ok(`version ${serverVersion} answers`);
  },
};
