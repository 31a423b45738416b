import { z } from 'zod';
import { clusterSchema } from './schema.ts';

/**
 * The cluster file as JSON Schema, for editors. What it cannot say (prefixes, times, what shows across parts) `config
 * check` does. It has only keywords of the standard (draft 2020-12), so that strict validators accept it: the unit of a
 * key ends its description.
 */
export function clusterJsonSchema(): object {
  return { title: 'Cluster file of Isthmus', ...describedJsonSchema(inWordsOfTheStandard) };
}

/** With the keyword `x-unit` beside the description, for pages that have a column for it. */
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
      // The check behind it, `startsWith`, is also there as a pattern; the standard has no such format.
      if (jsonSchema.format === 'starts_with') delete jsonSchema.format;
      delete jsonSchema['x-reload'];
      change(jsonSchema);
    },
  });
}

/** A list in whose place one item may stand alone (`listOf`). */
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
