/** One value in Prometheus' text format. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** The samples of this very name, in their order. */
export function samples(text: string, name: string): Sample[] {
  return linesOf(text)
    .filter((line) => line.name === name)
    .map(({ labels, value }) => ({ labels, value }));
}

/** All names that have a sample, of histograms also those of their parts. */
export function metricNames(text: string): Set<string> {
  return new Set(linesOf(text).map(({ name }) => name));
}

function linesOf(text: string): (Sample & { name: string })[] {
  return text
    .split('\n')
    .map((line) => /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name = '', labels = '', value]) => ({
      name,
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [key, text]),
      ),
      value: Number(value),
    }));
}
