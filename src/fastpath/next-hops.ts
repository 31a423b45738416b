import { BpfMap, possibleCpus } from '../linux/bpf.ts';
import { FLOW_HOP, HOP_SIZE, HOPS_PER_CPU } from './layout.ts';

/** The next hops of all CPUs, written by the program. @throws SystemCallError */
export function nextHops(): BpfMap {
  const entries = Math.min(possibleCpus() * HOPS_PER_CPU, 2 ** FLOW_HOP.indexBits);
  return BpfMap.create({ type: 'array', keySize: 4, valueSize: HOP_SIZE, entries, name: 'isthmus_hops' });
}
