import { build } from 'hdr-histogram-js';

/** Percentiles in milliseconds. */
export interface Latency {
  p50: number;
  p99: number;
  max: number;
}

/** Of durations in milliseconds. */
export function latencyOf(durations: readonly number[]): Latency {
  const histogram = build({ numberOfSignificantValueDigits: 3 });
  for (const ms of durations) histogram.recordValue(Math.round(ms));
  const at = (percent: number) => histogram.getValueAtPercentile(percent);
  return { p50: at(50), p99: at(99), max: histogram.maxValue };
}
