import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { COMMAND_NAMES } from '../../domain/commands';
import { NODE_NAMES, STATUSES } from '../../domain/nodes';
import { order } from '../../domain/schemas/order';
import type { Script } from '../../sim/seller/steps';

/** A move that the demo makes itself, once the line is there: what a person would do by hand. */
const hand = z.strictObject({
  when: z.strictObject({
    node: z.enum(NODE_NAMES),
    /** And after so many calls of `newInstance` were answered. */
    calls: z.int().min(1).optional(),
  }),
  by: z.enum(['seller', 'operator']),
  command: z.enum(COMMAND_NAMES),
  data: z.record(z.string(), z.unknown()),
});
export type Hand = z.infer<typeof hand>;

const sample = z.strictObject({
  title: z.string(),
  /** The status in which its line has to end. */
  expected: z.enum(STATUSES),
  /** What the simulated seller does with its `newInstance` calls: see `sim/seller/steps.ts`. */
  seller: z.custom<Script>((value) => z.array(z.string()).min(1).safeParse(value).success),
  hands: z.array(hand),
  order,
});
/** A sample order of `samples/`, what happens to it, and how it has to end. */
export type Sample = z.infer<typeof sample>;

const FOLDER = join(__dirname, '../../samples');

/** All samples, by file name. */
export async function readSamples(): Promise<Sample[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (name) => sample.parse(JSON.parse(await readFile(join(FOLDER, name), 'utf8')))),
  );
}
