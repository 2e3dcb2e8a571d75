import type { Windows } from '../../domain/windows';

/** A busy machine may need more than the second that the fast windows give a call to the seller. */
export function patient(windows: Windows): Windows {
  // Below the grace after which a late answer counts as our fault.
  return { ...windows, sellerCall: Math.max(windows.sellerCall, Math.min(windows.lostGrace - 200, 5_000)) };
}
