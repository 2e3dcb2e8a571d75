import type { Command } from '../../domain/commands';
import type { Node } from '../../domain/nodes';
import type { WaitingFor } from '../../domain/parties';
import type { SellerActivity } from '../../domain/seller-calls';

/** One node of a flow: whose move it is, what may be commanded there, and where it leads. */
export interface FlowNode {
  waitingFor: WaitingFor;
  commands: readonly Command[];
  /** The seller activity that `restart-call` repeats here. */
  restarts?: SellerActivity;
  /** The nodes that may follow; none for an end. */
  next: readonly Node[];
}

/**
 * The life of a SaaS line without supervision (design §3, §6; domain.md 1.10): opened at the seller,
 * or refunded and released.
 */
export const SAAS_FLOW: Record<Node, FlowNode> = {
  OPENING: {
    waitingFor: 'seller',
    commands: ['restart-call', 'close'],
    restarts: 'newInstance',
    next: ['POLLING', 'REFUNDING'],
  },
  POLLING: {
    waitingFor: 'seller',
    commands: ['restart-call', 'close'],
    restarts: 'queryInstance',
    next: ['ENDED', 'REFUNDING'],
  },
  REFUNDING: {
    waitingFor: 'platform',
    commands: [],
    next: ['REFUND_STUCK', 'RELEASING', 'RELEASE_UNCONFIRMED', 'ENDED'],
  },
  REFUND_STUCK: {
    waitingFor: 'operator',
    commands: ['retry-refund', 'record-refund'],
    next: ['REFUNDING', 'RELEASING', 'RELEASE_UNCONFIRMED', 'ENDED'],
  },
  RELEASING: {
    waitingFor: 'seller',
    commands: ['restart-call'],
    restarts: 'releaseInstance',
    next: ['RELEASE_UNCONFIRMED', 'ENDED'],
  },
  RELEASE_UNCONFIRMED: { waitingFor: 'operator', commands: ['confirm-release'], next: ['ENDED'] },
  ENDED: { waitingFor: 'nobody', commands: [], next: [] },
};
