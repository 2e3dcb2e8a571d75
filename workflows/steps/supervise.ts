import { condition } from '@temporalio/workflow';
import type { Line } from '../line';

/** A supervised node: whose move it is moves by a command, for which there is no time limit (domain.md 2.0). */
export async function supervise(line: Line): Promise<void> {
  const { state } = line;
  const { node } = state;
  await condition(() => state.node !== node || line.isLong);
}
