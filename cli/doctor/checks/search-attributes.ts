import { searchAttributeFaults } from '../../../workers/namespace';
import { temporalProfile } from '../../../temporal.config';
import type { Check } from '../check';
import { NotChecked, ok, wrong } from '../finding';
import { isMissing } from './namespace';

/** Whether orders can be searched for: a workflow that sets an attribute of an unknown name stands still. */
export const SEARCH_ATTRIBUTES: Check = {
  name: 'search attributes',
  needs: 'temporal',
  async look(ground) {
    const { namespace } = temporalProfile(ground.env);
    const { missing, mistyped, all } = await searchAttributeFaults(await ground.temporal(), namespace).catch(
      (error: unknown) => {
        throw isMissing(error) ? new NotChecked('see namespace') : error;
      },
    );
    if (mistyped.length > 0) {
      return wrong(
        `of another type than Steward writes: ${mistyped.map(({ name }) => name).join(', ')}`,
        'give Steward a namespace of its own with TEMPORAL_NAMESPACE; types cannot be changed',
      );
    }
    if (missing.length > 0) {
      const options = missing.map(({ name, type }) => `--name ${name} --type ${type}`).join(' ');
      return wrong(
        `missing: ${missing.map(({ name }) => name).join(', ')}`,
        'start a worker or the API, which registers them; where they may not: ' +
          `"temporal operator search-attribute create -n ${namespace} ${options}"`,
      );
    }
    return ok(`all ${all} are registered`);
  },
};
