import type { Assembler } from '../../linux/bpf-assembler.ts';

// linux/bpf.h
const LOAD_BYTES_RELATIVE = 68;
const FROM_NETWORK_HEADER = 1;

/**
 * Copies bytes of the packet, counted from its IP header, to the stack; r6 holds the context. A packet that is too
 * short continues at the label `passes`. Clobbers r1–r5.
 */
export function loadBytes(a: Assembler, from: 'r7' | number, to: number, length: number): void {
  a.compute('mov', 'r1', 'r6');
  a.compute('mov', 'r2', from);
  a.compute('mov', 'r3', 'r10');
  a.compute('add', 'r3', to);
  a.compute('mov', 'r4', length);
  a.compute('mov', 'r5', FROM_NETWORK_HEADER);
  a.call(LOAD_BYTES_RELATIVE);
  a.jumpIf('r0', '!=', 0, 'passes');
}
