import { isthmus } from '../gen/frames.js';

/** Fields of an instance's configuration that must be the same everywhere, with a hash of each. */
export interface InstanceFingerprint {
  readonly instance: string;
  readonly fields: ReadonlyMap<string, string>;
}

type Encoded = isthmus.v1.InstanceFingerprint.$Properties;

export function encodeFingerprints(fingerprints: readonly InstanceFingerprint[]): Encoded[] {
  return fingerprints.map(({ instance, fields }) => ({
    instance,
    fields: [...fields].map(([field, hash]) => ({ field, hash })),
  }));
}

export function decodeFingerprints(encoded: readonly Encoded[]): InstanceFingerprint[] {
  return encoded.map(({ instance, fields }) => ({
    instance: instance ?? '',
    fields: new Map((fields ?? []).map(({ field, hash }) => [field ?? '', hash ?? ''])),
  }));
}

/** The fields that differ, by name; `instance` when only one side has the instance. */
export function differingFields(
  instance: string,
  here: readonly InstanceFingerprint[],
  there: readonly InstanceFingerprint[],
): string[] {
  const ours = here.find((entry) => entry.instance === instance)?.fields;
  const theirs = there.find((entry) => entry.instance === instance)?.fields;
  if (ours === undefined || theirs === undefined) return ['instance'];
  return [...new Set([...ours.keys(), ...theirs.keys()])].filter((field) => ours.get(field) !== theirs.get(field));
}
