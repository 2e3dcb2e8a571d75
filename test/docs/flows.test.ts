import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLOWS } from '../../workflows/flows';
import { parseDiagram } from '../cli/flow/mermaid-grammar';
import { steward } from '../cli/steward';

const committed = readFileSync(join(__dirname, '../../docs/flows.md'), 'utf8');

test('docs/flows.md is what the flows are now (else: npm run docs:flows)', async () => {
  expect(committed).toBe((await steward(['flow', 'docs'])).stdout);
});

test('each kind has its section, and each section a diagram that Mermaid can read', () => {
  const sections = committed.split('\n## ').slice(1);
  const kinds = sections.flatMap((section) => [...section.split('\n')[0]!.matchAll(/`([\w-]+)`/g)]);
  expect(kinds.map(([, kind]) => kind).sort()).toEqual(Object.keys(FLOWS).sort());
  for (const section of sections) {
    const [, diagram = ''] = /```mermaid\n([^`]+)```/.exec(section) ?? [];
    const { states } = parseDiagram(diagram);
    for (const node of [...states.keys()].filter((id) => id !== 'SUPERVISION')) {
      expect(section).toMatch(new RegExp(`^\\| \`${node}\` .* \\| .* \\| \\w+ \\| .* \\|$`, 'm'));
    }
  }
});
