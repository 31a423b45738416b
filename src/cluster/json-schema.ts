import { z } from 'zod';
import { clusterSchema } from './schema.ts';

/**
 * The cluster file as JSON Schema, for editors. Rules that it cannot express (prefixes, times, relations between parts)
 * are checked by `config check`. It only uses keywords of the standard (draft 2020-12), so that strict validators
 * accept it: units are appended to descriptions.
 */
export function clusterJsonSchema(): object {
  return { title: 'Cluster file of Isthmus', ...describedJsonSchema(inWordsOfTheStandard) };
}

/** With the keyword `x-unit` beside the description, for tables with a unit column. */
export function clusterJsonSchemaWithUnits(): object {
  return describedJsonSchema(() => undefined);
}

function inWordsOfTheStandard(node: Node): void {
  orOne(node);
  withUnitInDescription(node);
}

type Node = z.core.JSONSchema.BaseSchema;

function describedJsonSchema(change: (node: Node) => void): object {
  return z.toJSONSchema(clusterSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // The corresponding check, `startsWith`, is also present as a pattern; the standard has no such format.
      if (jsonSchema.format === 'starts_with') delete jsonSchema.format;
      delete jsonSchema['x-reload'];
      change(jsonSchema);
    },
  });
}

/** A list for which a single item may be given (`listOf`). */
function orOne(node: Node): void {
  if (node['x-or-one'] !== true) return;
  const { items, minItems } = node;
  delete node['x-or-one'];
  delete node.type;
  delete node.items;
  delete node.minItems;
  node.anyOf = [{ type: 'array', items, minItems }, items].filter((part): part is Node => typeof part === 'object');
}

function withUnitInDescription(node: Node): void {
  const unit = node['x-unit'];
  if (typeof unit !== 'string') return;
  delete node['x-unit'];
  node.description = `${node.description ?? ''} (unit: ${unit})`.trimStart();
}
