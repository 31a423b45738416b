import { clusterSchema, type ClusterConfig } from './schema.ts';
import { duration, formatDuration, ports } from './values.ts';

/**
 * The configuration in the notation of the cluster file: parsing the result gives the same configuration. Times have
 * units, and port ranges are FIRST-LAST.
 */
export function asInFile(config: ClusterConfig): Record<string, unknown> {
  const shape: unknown = clusterSchema.def.shape;
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, spelled(value, property(shape, key))]));
}

/** Walks the value and its schema (zod's definitions, by their documented `type`) in parallel. */
function spelled(value: unknown, schema: unknown): unknown {
  const definition = definitionOf(schema);
  if (definition === undefined || value === undefined) return value;
  if (definition['out'] === duration.def.out && typeof value === 'number') return formatDuration(value);
  if (definition['out'] === ports.def.out && Array.isArray(value)) return value.join('-');
  switch (definition['type']) {
    case 'pipe':
      return spelled(
        value,
        definitionOf(definition['out'])?.['type'] === 'transform' ? definition['in'] : definition['out'],
      );
    case 'optional':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'nullable':
    case 'readonly':
      return spelled(value, definition['innerType']);
    case 'array':
      return Array.isArray(value) ? value.map((item: unknown) => spelled(item, definition['element'])) : value;
    case 'record':
      return mapped(value, () => definition['valueType']);
    case 'object':
      return mapped(value, (key) => property(definition['shape'], key));
    case 'union':
      return spelledUnion(value, definition);
    default:
      return value;
  }
}

/** For a discriminated union the option of its key; otherwise the mapping, list or time. */
function spelledUnion(value: unknown, definition: Record<string, unknown>): unknown {
  const options: readonly unknown[] = Array.isArray(definition['options']) ? definition['options'] : [];
  for (const option of options) {
    const parts = definitionOf(option);
    const discriminator = definition['discriminator'];
    if (typeof discriminator === 'string') {
      const literal = definitionOf(property(parts?.['shape'], discriminator))?.['values'];
      if (Array.isArray(literal) && literal.includes(property(value, discriminator))) return spelled(value, option);
    } else {
      const candidate = spelled(value, option);
      if (candidate !== value) return candidate;
    }
  }
  return value;
}

function mapped(value: unknown, schemaOf: (key: string) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spelled(item, schemaOf(key))]));
}

function definitionOf(schema: unknown): Record<string, unknown> | undefined {
  const definition = property(schema, 'def');
  return typeof definition === 'object' && definition !== null ? { ...definition } : undefined;
}

function property(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
}
