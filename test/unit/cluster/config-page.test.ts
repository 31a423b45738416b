import { expect, it } from 'vitest';
import { clusterJsonSchema, clusterJsonSchemaWithUnits } from '../../../src/cluster/json-schema.ts';
import { MISTAKES } from './mistakes.ts';

interface Shape {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly 'x-unit'?: string;
  readonly enum?: readonly unknown[];
  readonly const?: string | number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly required?: readonly string[];
}

interface Row {
  readonly at: string;
  readonly shape: Shape;
  readonly needed: boolean;
}

/** One row for each key, in the order of the schema. */
function rowsOf(shape: Shape, path: string): Row[] {
  const alternatives = shape.oneOf ?? [];
  if (alternatives.length > 0) return alternatives.flatMap((one) => rowsOf(one, `${path} (${kindOf(one)})`));
  const own = Object.entries(shape.properties ?? {}).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const needed = shape.required?.includes(key) === true && inner.default === undefined;
    return [{ at, shape: inner, needed }].concat(rowsOf(inner, at));
  });
  const each = typeof shape.additionalProperties === 'object' ? rowsOf(shape.additionalProperties, `${path}.NAME`) : [];
  const items = shape.items === undefined ? [] : rowsOf(shape.items, `${path}[]`);
  const mappings = (shape.anyOf ?? []).filter(({ properties }) => properties !== undefined);
  return [...own, ...each, ...items, ...mappings.flatMap((one) => rowsOf(one, path))];
}

function kindOf(shape: Shape): string {
  return `${shape.properties?.['kind']?.const ?? ''}`;
}

function typeOf({ type, enum: values, const: only, anyOf }: Shape): string {
  if (type === undefined && values === undefined && only === undefined && anyOf === undefined) return 'text';
  if (values !== undefined) return values.map(String).join(', ');
  if (only !== undefined) return `${only}`;
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ');
  if (typeof type !== 'string') return 'text';
  return { object: 'mapping', array: 'list' }[type] ?? type;
}

/** A default that hangs on other keys, or on another program, is at the end of the meaning: `Default: …`. */
const DERIVED = /\s*Default: (.+)$/;

function defaultOf({ shape: { default: value, description }, needed }: Row): string {
  if (needed) return 'required';
  if (value === undefined) return DERIVED.exec(description ?? '')?.[1] ?? '';
  const text = JSON.stringify(value);
  if (text === '{}') return '–';
  return text === '[]' ? 'none' : `\`${text}\``;
}

function meaningOf({ shape: { description = '' } }: Row): string {
  return description.replace(DERIVED, '').replace(/\.$/, '');
}

/** Times are text with a unit in the file, or a number nowhere but in the schema. */
function isTime({ type }: Shape): boolean {
  return Array.isArray(type) && type.includes('string') && type.includes('number');
}

/** A value or a list of values that can be a number. */
function isNumber({ type, anyOf, items }: Shape): boolean {
  return type === 'integer' || type === 'number' || [...(anyOf ?? []), ...(items ? [items] : [])].some(isNumber);
}

function unitOf({ shape }: Row): string {
  return shape['x-unit'] ?? (isTime(shape) ? 'time' : '');
}

function lineOf(row: Row): string {
  const cells = [`\`${row.at}\``, typeOf(row.shape), unitOf(row), defaultOf(row), meaningOf(row)];
  return `| ${cells.join(' | ')} |`;
}

const ROWS = rowsOf(clusterJsonSchemaWithUnits(), '');

it('docs/config.md is what the schema says', async () => {
  const page = `# The cluster file

One YAML file for the whole cluster, the same on every node; \`deploy/examples/\` has whole ones. \`isthmus config check FILE\` validates it, prints each error as
\`file:line:column: path: what is wrong; what would be right\`, and exits with status 2; \`isthmus config show FILE\` prints the file with every default filled in.

Times are a number with a unit: \`500ms\`, \`6s\`, \`4m\`, \`2h\`, \`1d\`. Ports are \`FIRST-LAST\`. A list of one may be
written without brackets where the table says text or list. The secret file holds at least 16 bytes, is read without white space at its
ends, and must be readable by its owner only; \`isthmus config init-secret FILE\` makes one.

| key | type | unit | default | meaning |
|---|---|---|---|---|
${ROWS.map(lineOf).join('\n')}

## Editors

\`docs/config.schema.json\` is the JSON Schema of the file; \`isthmus config schema\` prints the one of the program at hand. An editor with a YAML language server
completes keys and marks errors when the file begins with a line such as

\`\`\`yaml
# yaml-language-server: $schema=/usr/share/isthmus/config.schema.json
\`\`\`

## Before a change

\`isthmus config show FILE --effective\` prints the file with every default and what each node derives from it: TUN devices, routes, slices of ports.
\`isthmus config diff OLD NEW [--node NAME]\` prints what a reload would do on each node, and exits with status 1 when a node would need a restart. A reload applies all of a
change or nothing; see [operations](operations.md).

| applied by a reload | needs a restart of the agent, one node after the other |
|---|---|
| new instances; the end of a siit instance | the end of a nat64 instance: its sessions would end |
| \`pool4\`, grown or shrunk: sessions on addresses that leave it stay until they end | \`pool4\` and \`static\` of an instance with shards |
| \`static\`: additional entries | \`static\`: entries that are removed or changed |
| \`timeouts\`, \`clampMss\`, \`prefer\`, filters (\`addressDependentFiltering\`, \`dropExternallyInitiatedTcp\`, \`dropPings\`) | \`pool6\`, namespace, TUN, \`shards\` and whatever else is fixed when an instance starts |
| \`limits\`: \`sessionsPerClient\`, \`portsPerClient\`, \`newSessionsPerSecondPerClient\`, \`fragmentsHeldPerSource\` | \`limits\`: the sizes of tables, \`clientPrefixLength\` |
| everything of a siit instance but namespace, TUN and pool6: \`eam\`, \`eamFile\`, \`rfc6791\`, MTUs … | |
| \`upstreams\`, \`checks\`, \`states\`, \`logLevel\`, secrets | \`nodes\`, \`slots\`, \`replication\`, \`coordinator\`, \`keepTable\` |

## Errors

What \`config check\` prints, after the name of the file:

| error | message |
|---|---|
${MISTAKES.map(({ mistake, message }) => `| ${mistake} | \`${message.replaceAll('|', '\\|')}\` |`).join('\n')}
| The secret can be read by others | \`the secret can be read by others; chmod 600 FILE\` |
| The secret is too short | \`a secret of 5 bytes; at least 16 are needed\` and to copy it whole from another node |

With \`--here\` on the node itself:

| error | message |
|---|---|
| A link or interface that is not there | \`there is no interface ring0 in the main namespace; correct the name, or make the interface\` |
| The node owns an address of pool4 or of an EAM | \`192.0.2.3 is an address of this node (interface up0), with ephemeral ports 32768-60999 of its own; take it out of pool4, or from the interface; to share it, see docs/from-jool.md\` |
| FRR does not answer | \`bfdd does not answer\`, and why |
`;
  await expect(page).toMatchFileSnapshot('../../../docs/config.md');
});

it('docs/config.schema.json is what `isthmus config schema` prints', async () => {
  const text = `${JSON.stringify(clusterJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../../docs/config.schema.json');
});

it('every key has a meaning, and a default or none', () => {
  expect(ROWS.length).toBeGreaterThan(200);
  expect(ROWS.filter((row) => meaningOf(row) === '').map(({ at }) => at)).toEqual([]);
  expect(ROWS.filter((row) => defaultOf(row) === '').map(({ at }) => at)).toEqual([]);
});

it('every number has a unit', () => {
  const numbers = ROWS.filter(({ shape }) => isNumber(shape) || isTime(shape));
  expect(numbers.length).toBeGreaterThan(60);
  expect(numbers.filter((row) => unitOf(row) === '').map(({ at }) => at)).toEqual([]);
});
