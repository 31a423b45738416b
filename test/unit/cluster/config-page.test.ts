import { expect, it } from 'vitest';
import { clusterJsonSchema } from '../../../src/cluster/json-schema.ts';
import { MISTAKES } from './mistakes.ts';

interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: string | number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly required?: readonly string[];
}

/** One row for each key, in the order of the schema. */
function rowsOf(shape: Shape, path: string): string[] {
  const alternatives = shape.oneOf ?? [];
  if (alternatives.length > 0) return alternatives.flatMap((one) => rowsOf(one, `${path} (${kindOf(one)})`));
  const own = Object.entries(shape.properties ?? {}).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const needed = shape.required?.includes(key) === true && inner.default === undefined ? 'needed' : defaultOf(inner);
    const row = `| \`${at}\` | ${typeOf(inner)} | ${needed} | ${inner.description ?? ''} |`;
    return [row].concat(rowsOf(inner, at));
  });
  const each = typeof shape.additionalProperties === 'object' ? rowsOf(shape.additionalProperties, `${path}.NAME`) : [];
  const items = shape.items === undefined ? [] : rowsOf(shape.items, `${path}[]`);
  return [...own, ...each, ...items];
}

function kindOf(shape: Shape): string {
  return `${shape.properties?.['kind']?.const ?? ''}`;
}

function typeOf({ type, enum: values, const: only, anyOf }: Shape): string {
  if (values !== undefined) return values.map(String).join(', ');
  if (only !== undefined) return `${only}`;
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ');
  return type === 'object' ? 'mapping' : type === 'array' ? 'list' : (type ?? 'text');
}

function defaultOf({ default: value }: Shape): string {
  return value === undefined ? '–' : `\`${JSON.stringify(value)}\``;
}

it('docs/config.md is what the schema says', async () => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON Schema, of which only these fields are read
  const schema = clusterJsonSchema() as Shape;
  const page = `# The cluster file

One YAML file for the whole cluster, the same on every node; \`deploy/examples/\` has whole ones. \`isthmus config check FILE\` says every mistake as
\`file:line:column: path: what is wrong; what would be right\` and ends with 2; \`isthmus config show FILE\` prints the file with every default filled in.

Times are a number with a unit: \`500ms\`, \`6s\`, \`4m\`, \`2h\`, \`1d\`; where a default is shown as a number, it is milliseconds. Ports are \`FIRST-LAST\`. A list of one may be
written without brackets where the table says text or list. The secret file holds at least 16 bytes, is read without white space at its
ends, and must be readable by its owner alone; \`isthmus config init-secret FILE\` makes one.

| key | type | default | meaning |
|---|---|---|---|
${rowsOf(schema, '').join('\n')}

## Editors

\`docs/config.schema.json\` is the JSON Schema of the file; \`isthmus config schema\` prints the one of the program at hand. An editor with a YAML language server
completes keys and marks mistakes when the file begins with a line such as

\`\`\`yaml
# yaml-language-server: $schema=/usr/share/isthmus/config.schema.json
\`\`\`

## Before a change

\`isthmus config show FILE --effective\` prints the file with every default and what each node makes of it: TUN devices, routes, slices of ports.
\`isthmus config diff OLD NEW [--node NAME]\` says what a reload would do on each node, and ends with 1 when a node would need a restart. A reload applies all of a
change or nothing; [operations](operations.md) says how.

| applied by a reload | needs a restart of the agent, one node after the other |
|---|---|
| new instances; the end of a siit instance | the end of a nat64 instance: its sessions would end |
| \`pool4\`, grown or shrunk: sessions on addresses that leave it stay until they end | \`pool4\` and \`static\` of an instance with shards |
| \`static\`: additional entries | \`static\`: entries that are removed or changed |
| \`timeouts\`, \`clampMss\`, \`prefer\`, filters (\`addressDependentFiltering\`, \`dropExternallyInitiatedTcp\`, \`dropPings\`) | \`pool6\`, namespace, TUN, \`shards\` and other things that an instance has for its life |
| \`limits\`: \`sessionsPerClient\`, \`portsPerClient\`, \`newSessionsPerSecondPerClient\`, \`fragmentsHeldPerSource\` | \`limits\`: the sizes of tables, \`clientPrefixLength\` |
| everything of a siit instance but its place and pool6: \`eam\`, \`eamFile\`, \`rfc6791\`, MTUs … | |
| \`upstreams\`, \`checks\`, \`states\`, \`logLevel\`, secrets | \`nodes\`, \`slots\`, \`replication\`, \`coordinator\`, \`keepTable\` |

## Mistakes

What \`config check\` says, after the name of the file:

| mistake | message |
|---|---|
${MISTAKES.map(({ mistake, message }) => `| ${mistake} | \`${message.replaceAll('|', '\\|')}\` |`).join('\n')}
| The secret can be read by others | \`the secret can be read by others; chmod 600 FILE\` |
| The secret is too short | \`a secret of 5 bytes; at least 16 are needed\` and how to make one |

With \`--here\` on the node itself:

| mistake | message |
|---|---|
| A link or interface that is not there | \`there is no interface ring0 in the main namespace; correct the name, or make the interface\` |
| The node owns an address of pool4 or of an EAM | \`192.0.2.3 is an address of this node (interface up0), with ephemeral ports 32768-60999 of its own; take it out of pool4, or from the interface\` |
| FRR does not answer | \`bfdd does not answer\`, and why |
`;
  await expect(page).toMatchFileSnapshot('../../../docs/config.md');
});

it('docs/config.schema.json is what `isthmus config schema` prints', async () => {
  const text = `${JSON.stringify(clusterJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../../docs/config.schema.json');
});
