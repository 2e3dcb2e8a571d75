import { createLogUpdate } from 'log-update';
import { describe, type Progress } from './progress';

/** Shows how far the sample orders are: rewritten in place on a terminal, else a line for each change. */
export interface Screen {
  show(all: readonly Progress[]): void;
  /** Leaves the last picture on the screen. */
  done(): void;
}

export function createScreen(out: NodeJS.WriteStream): Screen {
  // A terminal that tells no size would show nothing.
  return out.isTTY && out.rows > 0 && out.columns > 0 ? liveScreen(out) : plainScreen(out);
}

function liveScreen(out: NodeJS.WriteStream): Screen {
  const update = createLogUpdate(out);
  return {
    show: (all) => update(`${all.map((one) => describe(one, out.columns)).join('\n')}\n`),
    done: () => update.done(),
  };
}

function plainScreen(out: NodeJS.WriteStream): Screen {
  const shown = new Map<string, string>();
  return {
    show(all) {
      for (const progress of all) {
        const { orderId } = progress.sample.order;
        const text = describe(progress);
        if (shown.get(orderId) !== text) out.write(`${text}\n`);
        shown.set(orderId, text);
      }
    },
    done: () => undefined,
  };
}
