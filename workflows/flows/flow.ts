import type { Command, MoveCommand } from '../../domain/commands';
import type { Node } from '../../domain/nodes';
import type { WaitingFor } from '../../domain/parties';
import type { Scene, Trade } from '../../domain/schemas/order';
import type { SellerActivity } from '../../domain/seller-calls';

/** What moves a supervised line on: a command, or the activation by the seller's software. */
export type Mover = MoveCommand | 'activate-license';

/** The trades whose deliveries are reviewed, in the scenes that a flow names (design §5). */
export const REVIEWED_TRADES: readonly Trade[] = ['joint', 'huawei'];

/** One node of a flow: whose move it is, what may be commanded there, and where it leads. */
export interface FlowNode {
  waitingFor: WaitingFor;
  /** What only moves the line, and where to. To `ENDED` is the acceptance: the order is completed. */
  moves?: Partial<Record<Mover, Node>>;
  /** Commands with an effect of their own, see `workflows/commands.ts`. */
  commands?: readonly Command[];
  /** The seller activity that `restart-call` repeats here. */
  restarts?: SellerActivity;
  /** The nodes to which the line goes by itself or by one of `commands`. */
  next?: readonly Node[];
  /**
   * A review: only deliveries of these scenes and of `REVIEWED_TRADES` stop here; all others pass as
   * by `review-pass`.
   */
  reviewsScenes?: readonly Scene[];
  /** Only what was bought for a period stops here. */
  forPeriodsOnly?: true;
  /** The move out of here takes the documents that prove the delivery. */
  needsProof?: boolean;
}

/** The life of one delivery kind, as data. */
export interface Flow {
  /** Supervised lines can be appealed, and unsubscribed by negotiation (domain.md 2, 3.1). */
  supervised: boolean;
  /** What is delivered are goods, which a carrier brings (domain.md 2.7). */
  ships?: true;
  start: Node;
  nodes: Readonly<Partial<Record<Node, FlowNode>>>;
}

/** The five days in which what was bought for a period can be unsubscribed without reason (domain.md 3.1). */
export const FIVE_DAYS: FlowNode = {
  waitingFor: 'nobody',
  commands: ['unsubscribe'],
  forPeriodsOnly: true,
  next: ['ENDED', 'REFUNDING'],
};

/**
 * Where every refund leads, whatever was delivered (design §6, "Giving up").
 *
 * @param release the nodes in which an instance is taken away after the refund
 */
export function refundNodes(...release: Node[]): Pick<Flow['nodes'], 'REFUNDING' | 'REFUND_STUCK' | 'ENDED'> {
  return {
    REFUNDING: { waitingFor: 'platform', next: ['REFUND_STUCK', ...release, 'ENDED'] },
    REFUND_STUCK: {
      waitingFor: 'operator',
      commands: ['retry-refund', 'record-refund'],
      next: ['REFUNDING', ...release, 'ENDED'],
    },
    ENDED: { waitingFor: 'nobody' },
  };
}
