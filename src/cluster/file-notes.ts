import { planFigures, portPlansOf } from '../translator/nat64/ports/deterministic-plan.ts';
import type { ClusterConfig } from './schema.ts';

/**
 * Notes on a valid file about effects that are easily overlooked: how slices divide pool4, how many ports clients have,
 * or what an empty file does.
 */
export function notesOn(config: ClusterConfig): string[] {
  if (Object.keys(config.instances).length === 0) return ['warning: no instances: nothing is translated'];
  return [...slicesOf(config), ...ownPorts(config)];
}

/** Ports per client with deterministic assignment, which the file does not show. */
function ownPorts({ instances, slots }: ClusterConfig): string[] {
  return Object.entries(instances).flatMap(([name, instance]) => {
    if (instance.kind !== 'nat64') return [];
    const { pool4, limits, shards } = instance;
    return portPlansOf(pool4, limits.clientPrefixLength, slots, shards).map((plan) => {
      const { clients, perAddress, ports } = planFigures(plan);
      return (
        `note: instances.${name}.pool4 ${plan.prefix}: ${clients} clients (/${plan.clientPrefixLength}), ` +
        `${perAddress} of them on each address, have ${ports} ports each in every slice`
      );
    });
  });
}

function slicesOf({ instances, nodes, slots }: ClusterConfig): string[] {
  const count = Object.keys(nodes).length;
  const names = Object.keys(instances);
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
