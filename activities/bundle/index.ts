import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { errorMessage } from '../../domain/errors';
import type { BundleActivities } from '../contracts';
import type { BundleLines } from './ports';

export interface BundleDeps {
  bundleLines: BundleLines;
}

/** What the workflow of a bundle asks of its lines (domain.md 3.1). */
export function createBundleActivities({ bundleLines }: BundleDeps): BundleActivities {
  return {
    async askLine(input) {
      const { workflowExecution, activityId } = activityInfo();
      try {
        // The same in each attempt, and for nothing else.
        return await bundleLines.ask(input, `${workflowExecution?.runId ?? ''}-${activityId}`);
      } catch (cause) {
        throw ApplicationFailure.create({
          message: errorMessage('TRY_AGAIN'),
          type: 'TRY_AGAIN',
          ...(cause instanceof Error && { cause }),
        });
      }
    },
  };
}
