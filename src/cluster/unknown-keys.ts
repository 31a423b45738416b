import { nearest } from './nearest-name.ts';
import { clusterSchema } from './schema.ts';
import type { Path } from './yaml-text.ts';

/** The equivalent location of a key of another program's file. */
interface Moved {
  readonly path: Path;
  readonly advice: string;
}

/** What to write in place of an unknown key. @param mapping the mapping that contains it */
export function adviceOn(path: Path, key: string, mapping: unknown): string {
  const moved = fromJool(path, key, mapping);
  if (moved.length > 0) return moved.map(({ advice }) => advice).join(', ');
  const known = nearest(key, keysAt(path));
  return known === undefined ? 'remove it; docs/config.md lists all keys' : `did you mean ${JSON.stringify(known)}?`;
}

/** The paths that were probably meant by an unknown key. */
export function pathsMeant(path: Path, key: string, mapping: unknown): Path[] {
  const moved = fromJool(path, key, mapping);
  return moved.length > 0 ? moved.map((one) => one.path) : [[...path, nearest(key, keysAt(path)) ?? key]];
}

/** Jool has an instance's prefix under `global`. */
function fromJool(path: Path, key: string, mapping: unknown): Moved[] {
  const pool6 = key === 'global' ? valueAt(valueAt(mapping, key), 'pool6') : undefined;
  if (typeof pool6 !== 'string') return [];
  const written = `write pool6: ${pool6}`;
  if (path.length > 0) return [{ path: [...path, 'pool6'], advice: `that is Jool's; ${written} in its place` }];
  const instances = valueAt(mapping, 'instances');
  const names = typeof instances === 'object' && instances !== null ? Object.keys(instances) : [];
  return names.map((name, index) => ({
    path: ['instances', name, 'pool6'],
    advice: `${index === 0 ? `that is Jool's; ${written}` : 'and'} under instances.${name}`,
  }));
}

function valueAt(mapping: unknown, key: string): unknown {
  return typeof mapping === 'object' && mapping !== null ? Reflect.get(mapping, key) : undefined;
}

/** The valid keys at a path of the file. */
function keysAt(path: Path): string[] {
  const found = path.reduce<unknown[]>((schemas, step) => schemas.flatMap((one) => below(one, step)), [clusterSchema]);
  return found.flatMap(shapesOf).flatMap((shape) => Object.keys(shape));
}

function below(schema: unknown, step: Path[number]): unknown[] {
  const inner = definitionsOf(schema).flatMap((definition) =>
    typeof step === 'number' ? [valueAt(definition, 'element')] : [valueAt(definition, 'valueType')],
  );
  const named = shapesOf(schema).map((shape) => valueAt(shape, String(step)));
  return [...inner, ...named].filter((one) => one !== undefined);
}

function shapesOf(schema: unknown): object[] {
  return definitionsOf(schema).flatMap((definition) => {
    const shape = valueAt(definition, 'shape');
    return typeof shape === 'object' && shape !== null ? [shape] : [];
  });
}

/** A schema without its wrappers (defaults, transforms), with each option of a union separately. */
function definitionsOf(schema: unknown): unknown[] {
  const definition = valueAt(schema, 'def');
  if (definition === undefined) return [];
  const options = valueAt(definition, 'options');
  const around = [valueAt(definition, 'innerType'), valueAt(definition, 'in')].filter((one) => one !== undefined);
  const choices: readonly unknown[] = Array.isArray(options) ? options : [];
  const inner = [...around, ...choices];
  return inner.length === 0 ? [definition] : inner.flatMap(definitionsOf);
}
