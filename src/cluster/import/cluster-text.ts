import type { DraftItem, DraftKey, DraftValue, Finding, InstanceDraft } from './draft.ts';

/** Parts of a cluster file apart from its instances. */
export interface ClusterFrame {
  readonly cluster: string;
  readonly nodes: readonly string[];
  readonly links: readonly string[];
  /** Origin of the configuration, for the first line. */
  readonly origin: string;
}

const MAX_COLUMNS = 120;

/** The cluster file of imported instances: with a comment for each decision, and a list of missing parts at the end. */
export function clusterText(frame: ClusterFrame, drafts: readonly InstanceDraft[]): string {
  const { cluster, nodes, links, origin } = frame;
  const linkList = `[${links.join(', ')}]`;
  const lines = [
    ...comment(`Made by "isthmus config import" from ${origin}. Read the comments, then run "isthmus config check".`),
    line(0, 'cluster', cluster),
    line(0, 'secretFile', '/etc/isthmus/cluster.key', 'the same on all nodes: isthmus config init-secret FILE'),
    line(
      0,
      'slots',
      String(nodes.length),
      'ports are cut into this many slices, one for each node; cannot change later',
    ),
    'nodes:',
    ...nodes.map((node, index) =>
      line(1, node, `{ slot: ${index + 1}, links: ${linkList} }`, 'links: interfaces between the nodes'),
    ),
    'instances:',
    ...drafts.flatMap((draft) => [`  ${draft.name}:`, ...draft.keys.flatMap((key) => keyLines(2, key))]),
    '# Without an upstream no node withdraws its routes when it fails. With BFD, for instance:',
    '# upstreams:',
    '#   core:',
    `#     nodes: [${nodes.join(', ')}]`,
    '#     bfd:',
    '#       - { peer: "2001:db8:a::1", interface: up0 }',
    '#       - { peer: 10.0.0.1, interface: up0 }',
    ...findingLines(drafts.flatMap(({ findings }) => findings)),
  ];
  return `${lines.join('\n')}\n`;
}

function findingLines(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  return [
    '#',
    '# No equivalent, and what that means:',
    ...findings.flatMap(({ instance, what, meaning }) => comment(`- ${instance}: ${what}: ${meaning}`, '  ')),
  ];
}

function keyLines(depth: number, { key, value, note }: DraftKey): string[] {
  if (typeof value === 'string') return wrapped(depth, `${key}: ${value}`, note);
  return [...wrapped(depth, `${key}:${isEmpty(value) ? ' []' : ''}`, note), ...childLines(depth, value)];
}

function isEmpty(value: DraftValue): boolean {
  return typeof value === 'object' && 'items' in value && value.items.every(({ off }) => off === true);
}

function childLines(depth: number, value: Exclude<DraftValue, string>): string[] {
  return 'keys' in value
    ? value.keys.flatMap((entry) => keyLines(depth + 1, entry))
    : value.items.flatMap((item) => itemLines(depth + 1, item));
}

function itemLines(depth: number, { text, note, off }: DraftItem): string[] {
  return wrapped(depth, `${off === true ? '# ' : ''}- ${text}`, note);
}

function line(depth: number, key: string, value: string, note?: string): string {
  return wrapped(depth, `${key}: ${value}`, note).join('\n');
}

/** The comment follows the text, or precedes it on separate lines if it does not fit. */
function wrapped(depth: number, text: string, note: string | undefined): string[] {
  const indent = '  '.repeat(depth);
  const whole = `${indent}${text}`;
  if (note === undefined) return [whole];
  const behind = `${whole}  # ${note}`;
  if (behind.length <= MAX_COLUMNS) return [behind];
  return [...comment(note).map((part) => `${indent}${part}`), whole];
}

/** Text as lines of comment; further lines begin with `hanging`. */
function comment(text: string, hanging = ''): string[] {
  const lines: string[] = [];
  let current = '#';
  for (const word of text.split(' ')) {
    if (current.length + 1 + word.length > MAX_COLUMNS - 8) {
      lines.push(current);
      current = `#${hanging}`;
    }
    current += ` ${word}`;
  }
  return [...lines, current];
}
