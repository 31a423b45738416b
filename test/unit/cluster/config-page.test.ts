import { expect, it } from 'vitest';
import { z } from 'zod';
import { clusterSchema } from '../../../src/cluster/schema.ts';

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
  const options = { io: 'input', unrepresentable: 'any' } as const;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON Schema, of which only these fields are read
  const schema = z.toJSONSchema(clusterSchema, options) as Shape;
  const page = `# The cluster file

One YAML file for the whole cluster, the same on every node; \`deploy/examples/\` has whole ones. \`isthmus config check FILE\` says every mistake as
\`file:line:column: path: what is wrong; what would be right\` and ends with 2; \`isthmus config show FILE\` prints the file with every default filled in.

Times are a number with a unit: \`500ms\`, \`6s\`, \`4m\`, \`2h\`, \`1d\`; where a default is shown as a number, it is milliseconds. Ports are \`FIRST-LAST\`. A list of one may be
written without brackets where the table says text or list. The secret file holds at least 16 bytes, is read without white space at its
ends, and must be readable by its owner alone; \`isthmus config init-secret FILE\` makes one.

| key | type | default | meaning |
|---|---|---|---|
${rowsOf(schema, '').join('\n')}
`;
  await expect(page).toMatchFileSnapshot('../../../docs/config.md');
});
