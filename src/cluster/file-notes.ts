import type { ClusterConfig } from './schema.ts';

/**
 * What is right in the file, and yet worth a sentence before it is put to use: it would surprise whoever does not know
 * how slices divide pool4, or what an empty file does.
 */
export function notesOn({ instances, nodes, slots }: ClusterConfig): string[] {
  const count = Object.keys(nodes).length;
  const names = Object.keys(instances);
  if (names.length === 0) return ['warning: no instances: nothing is translated'];
  const nat64 = names.filter((name) => instances[name]?.kind === 'nat64');
  if (nat64.length === 0 || slots === 1) return [];
  if (slots > count) {
    const unused = slots - count === 1 ? 'one slice is unused' : `${slots - count} slices are unused`;
    return [
      `note: slots: ${slots} with ${count} ${count === 1 ? 'node' : 'nodes'}: each node allocates from 1/${slots} of ` +
        `the ports of pool4, and ${unused} until there are more nodes. Changing slots later needs a restart of all nodes`,
    ];
  }
  return [
    `note: slots: ${slots}: each node allocates from 1/${slots} of the ports of pool4. ` +
      `For a ${ordinal(slots + 1)} node set slots now: changing it later needs a restart of all nodes`,
  ];
}

function ordinal(count: number): string {
  return { 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth' }[count] ?? `${count}th`;
}
