import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { clusterJsonSchema } from '../../../src/cluster/json-schema.ts';
import { CORRECT } from './mistakes.ts';

const folder = join(resolve(import.meta.dirname, '../../..'), 'deploy/examples');
const examples = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

describe('the JSON Schema, to a strict validator', () => {
  let valid: ValidateFunction;

  beforeAll(() => {
    // Strict: a keyword or a format that the standard does not have is an error.
    valid = new Ajv2020({ strict: true, strictTuples: false, allowUnionTypes: true }).compile(clusterJsonSchema());
  });

  it.each(examples)('accepts $name', ({ text }) => {
    valid(parse(text));
    expect(valid.errors).toBeNull();
  });

  it.each([
    ['an unknown key', 'secretFile:', 'secret_file:'],
    ['a slot that is a word', 'slot: 2', 'slot: two'],
    ['an unknown kind', 'kind: siit', 'kind: clat'],
  ])('refuses %s', (_, from, to) => {
    expect(valid(parse(CORRECT))).toBe(true);
    expect(valid(parse(CORRECT.replace(from, to)))).toBe(false);
  });

  it('has a description for every key', () => {
    expect(undescribed(clusterJsonSchema(), '')).toEqual([]);
  });
});

/** Paths of the properties without a description. */
function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (key !== 'properties' || typeof value !== 'object' || value === null)
      return undescribed(value, `${path}/${key}`);
    return Object.entries(value).flatMap(([name, property]: [string, unknown]) => {
      const at = `${path}/${name}`;
      const missing = typeof property === 'object' && property !== null && !('description' in property) ? [at] : [];
      return missing.concat(undescribed(property, at));
    });
  });
}
