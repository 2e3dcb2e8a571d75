/** A Mermaid state diagram as `steward flow show` prints it. */
export interface Diagram {
  /** Label by id. */
  states: Map<string, string>;
  edges: { from: string; to: string; label: string | null; within: string | null }[];
}

const STATE = /^state "([^"\n]+)" as (\w+)( \{)?$/;
/** The lexer of Mermaid ends a label at `:`, `;` or the line; `#` begins an entity, `%%` a comment. */
const EDGE = /^(\[\*\]|\w+) --> (\[\*\]|\w+)(?: : ([^:;#%\n]+))?$/;
/** Words of the grammar, which no state may be called. */
const RESERVED = /^(state|note|end|as|direction|class|classDef|click|style|scale|hide|default|left|right)$/i;

/**
 * Reads the part of Mermaid's state diagram grammar that Steward writes, and nothing else; throws on any other
 * line. Mermaid itself needs a browser's DOM to read a diagram.
 */
export function parseDiagram(text: string): Diagram {
  const [head, ...lines] = text.trimEnd().split('\n');
  if (head !== 'stateDiagram-v2') throw new Error(`not a state diagram: ${head ?? ''}`);
  const states = new Map<string, string>();
  const edges: Diagram['edges'] = [];
  let within: string | null = null;
  for (const line of lines.map((indented) => indented.trim())) {
    const [, label, id, opens] = STATE.exec(line) ?? [];
    const [, from, to, words] = EDGE.exec(line) ?? [];
    if (label && id) {
      if (states.has(id) || RESERVED.test(id)) throw new Error(`state ${id} twice, or a word of the grammar`);
      states.set(id, label);
      if (opens && within !== null) throw new Error('a state in a state in a state');
      if (opens) within = id;
    } else if (from && to) edges.push({ from, to, label: words ?? null, within });
    else if (line === '}' && within !== null) within = null;
    else throw new Error(`not understood: ${line}`);
  }
  if (within !== null) throw new Error(`${within} is not closed`);
  for (const end of edges.flatMap(({ from, to }) => [from, to])) {
    if (end !== '[*]' && !states.has(end)) throw new Error(`state ${end} is not declared`);
  }
  return { states, edges };
}
