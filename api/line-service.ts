import type { LineKey } from '../db/order-lines';
import type { BundleRequest } from '../domain/bundle';
import type { Command } from '../domain/commands';
import type { CommandRequest, OrderLineStart, UpdateAnswer } from '../domain/order-line';
import type { Party } from '../domain/parties';
import type { LogisticsEvent } from '../workflows/messages';

/** When the licence code was activated, in epoch milliseconds. */
export type Activated = UpdateAnswer & { activatedAt: number };

/**
 * All that the API asks of the running lines. `api/temporal-lines.ts` does it with workflows; tests of
 * the API bring a stand-in.
 */
export interface LineService extends BundleService {
  /**
   * Starts the line, or joins it when it was started before. `pending`: no answer in time; a later call
   * with the same line makes sure. Never rejects: the order is in the registry, nothing is lost.
   */
  open(start: OrderLineStart): Promise<'started' | 'pending'>;
  /**
   * Gives a command; the same `updateId` takes effect once. Null when no such line runs. Rejects with the
   * catalogue's code when it is refused, with `TRY_AGAIN` when no answer came in time.
   */
  command(
    line: LineKey,
    command: Command,
    request: CommandRequest,
    updateId: string,
  ): Promise<UpdateAnswer | null>;
  /** Activates the line's licence code, whose seller was made sure of; else like `command`. */
  activate(line: LineKey, request: { by: Party }, updateId: string): Promise<Activated | null>;
  /** Tells the line what a carrier says of its parcel; else like `command`. */
  learn(line: LineKey, event: LogisticsEvent, updateId: string): Promise<UpdateAnswer | null>;
  /** Has a line that runs write its view to the registry again. Never rejects: a later call tries again. */
  publish(line: LineKey): Promise<void>;
  /** Rejects when the lines cannot be reached. */
  ping(): Promise<void>;
}

/** What the API asks of the unsubscription of bundles (domain.md 3.1). */
export interface BundleService {
  /**
   * Asks every seller, or joins the same request; resolves when they are asked. Rejects with the code of the line that
   * refuses, `UNSUBSCRIPTION_PENDING` while another request runs, `TRY_AGAIN` when no answer came in time.
   */
  requestBundle(request: BundleRequest): Promise<void>;
  /** Takes the request back; resolves when every line knows. Null when none runs. */
  withdrawBundle(orderId: string, by: Party, updateId: string): Promise<'withdrawn' | null>;
}
