import { clusterSchema, withDerivedDefaults } from '../../../src/cluster/schema.ts';
import { translatorOptionsFor } from '../../../src/cluster/translator-options.ts';
import type { Nat64Options, SiitOptions, TranslatorOptions } from '../../../src/translator/options.ts';

/** What the translator of the only instance in a cluster file is told, on a node with slot 1. @param instance its keys */
function optionsInFile(instance: object, slots: number, seed: string): TranslatorOptions {
  const nodes = { one: { slot: 1 } };
  const file = clusterSchema.parse({
    cluster: 'test',
    secretFile: '/secret',
    slots,
    nodes,
    instances: { i: instance },
  });
  return translatorOptionsFor(withDerivedDefaults(file), 'one', 'i', seed);
}

export function nat64InFile(keys: object, slots: number, seed: string): Nat64Options {
  const options = optionsInFile({ kind: 'nat64', ...keys }, slots, seed);
  if (options.kind !== 'nat64') throw new Error('not of a nat64 instance');
  return options;
}

export function siitInFile(keys: object, seed: string): SiitOptions {
  const options = optionsInFile({ kind: 'siit', ...keys }, 1, seed);
  if (options.kind !== 'siit') throw new Error('not of a siit instance');
  return options;
}
