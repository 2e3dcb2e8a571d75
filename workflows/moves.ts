import type { Command, MoveCommand } from '../domain/commands';
import type { Node } from '../domain/nodes';
import type { Attachment, CommandRequest } from '../domain/order-line';
import type { CommandData } from '../domain/schemas/commands';
import { acceptanceFacts, isAcceptanceDue } from './acceptance';
import { checkAttachments, checkEnabledAt, checkParcel, checkText } from './checks';
import { complete } from './completion';
import { nodeOf, pastReview } from './flows';
import { REVIEWED_TRADES, type Mover } from './flows/flow';
import type { Line, Story } from './line';
import { newShipment, takeShipmentBack } from './shipping';

/** What a move records, beyond where its flow leads. */
interface MoveRule<C extends Command> {
  check?(line: Line, request: CommandRequest<CommandData<C>>): void;
  record(line: Line, request: CommandRequest<CommandData<C>>): void;
}

/** Whatever a move carries; each command has some of it. */
interface MoveData {
  reason?: string;
  requirement?: string;
  deviceId?: string;
  attachments?: Attachment[];
  proof?: Attachment[];
  enabledAt?: string;
  carrier?: string;
  trackingNumber?: string;
}

/** What people read of a move; where its author gave words, those. */
const NOTES: Record<MoveCommand, (data: MoveData) => string> = {
  'submit-requirement': ({ requirement = '' }) => requirement,
  'confirm-requirement': () => 'The seller confirmed the requirement.',
  'reject-requirement': ({ reason = '' }) => reason,
  'submit-device-id': ({ deviceId = '' }) => `Device id: ${deviceId}`,
  deliver: () => 'The seller delivered.',
  ship: ({ carrier, trackingNumber }) => `Shipped with ${carrier ?? ''}, number ${trackingNumber ?? ''}.`,
  'claim-license': () =>
    'The buyer claimed the licence code; from now on no unsubscription can be requested.',
  'submit-proof': () => 'The seller submitted the delivery proof.',
  'review-pass': () => 'The review passed.',
  'review-reject': ({ reason = '' }) => reason,
  accept: () => 'The buyer accepted the delivery.',
  reject: ({ reason = '' }) => reason,
};

/** What a move changes beside the node. */
const EFFECTS: Partial<Record<MoveCommand, (line: Line, data: MoveData) => void>> = {
  // A delivery anew takes back what was said of the rejected one.
  deliver({ state }, { enabledAt }) {
    state.enabledAt = enabledAt === undefined ? null : Date.parse(enabledAt);
  },
  'claim-license'({ state }) {
    if (state.license) state.license.claimedAt = Date.now();
  },
  ship: (line, { carrier = '', trackingNumber = '' }) => newShipment(line, { carrier, trackingNumber }),
  'review-reject': takeShipmentBack,
  reject: takeShipmentBack,
};

/** The rules of all commands that only move a line along its flow. */
export const MOVES: { [C in MoveCommand]: MoveRule<C> } = {
  'submit-requirement': move('submit-requirement', (_line, data) => {
    checkText(data, 'requirement', 2_000);
    checkAttachments(data, 'attachments', false);
  }),
  'confirm-requirement': move('confirm-requirement'),
  'reject-requirement': move('reject-requirement', checkReason),
  'submit-device-id': move('submit-device-id', (_line, data) => checkText(data, 'deviceId', 128)),
  deliver: move('deliver', (line, data) => {
    checkAttachments(data, 'proof', line.here.needsProof ?? false);
    checkEnabledAt(data.enabledAt, Date.now());
  }),
  ship: move('ship', (_line, data) => {
    checkParcel(data);
    checkAttachments(data, 'proof', true);
  }),
  'claim-license': move('claim-license'),
  'submit-proof': move('submit-proof', (_line, data) => checkAttachments(data, 'proof', true)),
  'review-pass': move('review-pass'),
  'review-reject': move('review-reject', checkReason),
  accept: move('accept'),
  reject: move('reject', checkReason),
};

function checkReason(_line: Line, data: object): void {
  checkText(data, 'reason');
}

function move<C extends MoveCommand>(
  command: C,
  check?: (line: Line, data: CommandData<C> & MoveData) => void,
): MoveRule<C> {
  return {
    check: (line, { data }) => check?.(line, data as CommandData<C> & MoveData),
    record: (line, { by, data }) => {
      const said = data as MoveData;
      EFFECTS[command]?.(line, said);
      const story = { by: by.role, command, note: NOTES[command](said) };
      const attachments = said.proof ?? said.attachments ?? [];
      moveOn(line, command, { ...story, attachments }, said.reason ?? null);
    },
  };
}

/** Moves the line to where its flow leads, and writes to whoever is to move next. */
export function moveOn(line: Line, mover: Mover, story: Story, quote: string | null = null): void {
  const to = line.here.moves?.[mover];
  if (to === undefined) return;
  if (to === 'ACCEPTING' && isAcceptanceDue(line.state)) {
    const note = `${story.note} The delivery was accepted automatically: only the review held it up.`;
    return complete(line, { ...story, note });
  }
  goTo(line, stopOf(line, to), story, quote);
}

/** Goes to a node; to `ENDED` is the acceptance. */
export function goTo(line: Line, node: Node, story: Story, quote: string | null = null): void {
  if (node === 'ENDED') return complete(line, story);
  line.change({ node }, story);
  const { waitingFor } = line.here;
  if (waitingFor === 'buyer' || waitingFor === 'seller' || waitingFor === 'operator') {
    const asked = waitingFor === 'buyer' ? acceptanceFacts(line.state) : {};
    line.mail('your-move', [waitingFor], { quote, ...asked });
  }
}

/** A review that is not due for this line is passed. */
function stopOf({ flow, order }: Line, node: Node): Node {
  const { scene = 'general', trade = 'general' } = order;
  const due = nodeOf(flow, node).reviewsScenes?.includes(scene) && REVIEWED_TRADES.includes(trade);
  return due ? node : (pastReview(flow, node) ?? node);
}
