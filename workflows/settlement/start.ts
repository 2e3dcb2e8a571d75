import {
  ParentClosePolicy,
  setCurrentDetails,
  startChild,
  WorkflowIdReusePolicy,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { settlementWorkflowId } from '../../domain/ids';
import { lastPeriodOver } from '../../domain/ledger/account-period';
import type { RunKey } from '../../domain/ledger/bill';
import { runSummary } from '../../domain/ledger/run-progress';
import { siteOfSchedule } from '../../domain/ledger/billing-day';
import type { Site } from '../../domain/schemas/order';
import { SCHEDULED_BY_ID, SCHEDULED_START_TIME } from '../../domain/search-attributes';
import { formatTime } from '../../domain/time';
import { refusal } from '../refusal';
import { settlement } from './settlement';
import { workingDay } from './working-day';

/** On the international site a billing day that is a holiday moves on (domain.md 5.1). */
const WAITS_FOR_WORKING_DAY: Record<Site, boolean> = { china: false, intl: true };

/**
 * What the schedule of a site starts. A schedule appends a time to the ids of what it starts, so that this one starts
 * the billing run under its own id, which is the same whoever starts it. The month is the one before the **scheduled**
 * time: after an outage of days or weeks a late start bills what it was meant to bill. It takes no input: nothing that
 * stands in the schedule would have to be encrypted anew when keys are changed.
 *
 * @returns the run that goes on without this one
 * @throws `NOT_SCHEDULED` when somebody else started it
 */
export async function settlementStart(): Promise<RunKey & { workflowId: string }> {
  const { typedSearchAttributes: attributes, workflowType } = workflowInfo();
  const scheduled = attributes.get(SCHEDULED_START_TIME)?.getTime();
  const site = siteOfSchedule(attributes.get(SCHEDULED_BY_ID));
  if (scheduled === undefined || site === undefined) {
    throw refusal('NOT_SCHEDULED', { workflow: workflowType });
  }
  const key = { site, period: lastPeriodOver(scheduled) };
  const show = (words: string): void =>
    setCurrentDetails(`**Month ${key.period}**, due ${formatTime(scheduled)}\n\n${words}`);

  if (WAITS_FOR_WORKING_DAY[site]) await workingDay(scheduled, show);
  const workflowId = settlementWorkflowId(key);
  try {
    await startChild(settlement, {
      workflowId,
      args: [key],
      // It has its own life: this one ends now.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      // A run that is done is done; one that was cancelled or terminated is taken up again.
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
      staticSummary: runSummary(key),
    });
    show(`It goes on in \`${workflowId}\`.`);
  } catch (error) {
    // Somebody was earlier with "steward settle", or it is a second try: the month has its run.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    show(`There was \`${workflowId}\` already: nothing was to be done.`);
  }
  return { ...key, workflowId };
}
