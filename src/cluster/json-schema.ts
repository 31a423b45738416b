import { z } from 'zod';
import { clusterSchema } from './schema.ts';

/**
 * The cluster file as JSON Schema, for editors. What it cannot say (prefixes, times, what shows across parts) `config
 * check` does.
 */
export function clusterJsonSchema(): object {
  return {
    title: 'Cluster file of Isthmus',
    ...z.toJSONSchema(clusterSchema, { io: 'input', unrepresentable: 'any' }),
  };
}
