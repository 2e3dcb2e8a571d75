import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { NODE_NAMES, STATUSES } from '../../domain/nodes';
import { order } from '../../domain/schemas/order';
import type { Script as ParcelScript } from '../../sim/carrier/steps';
import type { Script } from '../../sim/seller/steps';
import { hand } from './hand';

const script = <Steps>() => z.custom<Steps>((value) => z.array(z.string()).min(1).safeParse(value).success);

const sample = z.strictObject({
  title: z.string(),
  /** The status in which its line has to end. */
  expected: z.enum(STATUSES),
  /** The node in which it has to end, or in another than `ENDED` to be left: whose move it is makes none. */
  end: z.enum(NODE_NAMES).default('ENDED'),
  /** What the simulated seller does with its `newInstance` calls: see `sim/seller/steps.ts`. */
  seller: script<Script>().default(['open']),
  /** What the simulated carrier says of its parcels, by tracking number: see `sim/carrier/steps.ts`. */
  parcels: z.record(z.string(), script<ParcelScript>()).optional(),
  /** In the order in which they are lent. */
  hands: z.array(hand),
  order,
});
/** A sample order of `samples/`, what happens to it, and how it has to end. */
export type Sample = z.infer<typeof sample>;

const FOLDER = join(__dirname, '../../samples');

/** All samples, by the number of their file. */
export async function readSamples(): Promise<Sample[]> {
  const byNumber = new Intl.Collator('en', { numeric: true }).compare;
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort(byNumber);
  return Promise.all(
    files.map(async (name) => sample.parse(JSON.parse(await readFile(join(FOLDER, name), 'utf8')))),
  );
}
