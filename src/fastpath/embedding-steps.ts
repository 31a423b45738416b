import type { Register } from '../linux/bpf-assembler.ts';
import type { Prefix6 } from '../net/prefix.ts';
import { excluded, type ProgramSteps } from './program-steps.ts';

/*
 * IPv4 addresses embedded in IPv6 ones (RFC 6052 section 2.2), in two registers: the upper and the lower 64 bits of an
 * IPv6 address in host order. Each may hold part of the IPv4 address; suffix and u-octet are zero.
 */

/** A 64-bit number. */
type Halves = readonly [high: number, low: number];

/** Bit positions by prefix length; those of the upper half are at its end. */
const PLACES: Readonly<Record<number, { upper: number; lower: Halves; shift: number }>> = {
  32: { upper: 32, lower: [0, 0], shift: 0 },
  40: { upper: 24, lower: [0x00ff0000, 0], shift: 48 },
  48: { upper: 16, lower: [0x00ffff00, 0], shift: 40 },
  56: { upper: 8, lower: [0x00ffffff, 0], shift: 32 },
  64: { upper: 0, lower: [0x00ffffff, 0xff000000], shift: 24 },
  96: { upper: 0, lower: [0, 0xffffffff], shift: 0 },
};

/**
 * r1 and r2: the halves of an IPv6 address → r3: the IPv4 address embedded in it. If the address is not of this prefix,
 * the result matches no flow. Changes r4 and r5.
 */
export function extract({ a }: ProgramSteps, { bytes, length }: Prefix6): void {
  const { upper, lower, shift } = PLACES[length];
  const view = new DataView(Uint8Array.from(bytes).buffer);
  a.compute('mov', 'r3', 'r1');
  if (upper > 0) {
    a.compute('lsh', 'r3', 64 - upper);
    a.compute('rsh', 'r3', 64 - upper);
    a.compute('rsh', 'r1', upper);
    a.compute('lsh', 'r1', upper);
  } else a.compute('mov', 'r3', 0);
  a.constant('r4', view.getUint32(0), view.getUint32(4));
  a.jumpIf('r1', '!=', 'r4', excluded('noFlow'));
  a.compute('lsh', 'r3', 32 - upper);
  a.compute('mov', 'r5', 'r2');
  a.constant('r4', ...lower);
  a.compute('and', 'r5', 'r4');
  a.compute('xor', 'r2', 'r5');
  a.constant('r4', view.getUint32(8), view.getUint32(12));
  a.jumpIf('r2', '!=', 'r4', excluded('noFlow'));
  a.compute('rsh', 'r5', shift);
  a.compute('or', 'r3', 'r5');
}

/** r3: an IPv4 address, host order → `upper` and `lower`: the IPv6 address's halves. Changes r4. */
export function embed(
  { a }: ProgramSteps,
  { bytes, length }: Prefix6,
  { upper: toUpper, lower: toLower }: Readonly<Record<'upper' | 'lower', Register>>,
): void {
  const { upper, lower, shift } = PLACES[length];
  const view = new DataView(Uint8Array.from(bytes).buffer);
  a.compute('mov', toUpper, 'r3');
  a.compute('rsh', toUpper, 32 - upper);
  a.constant('r4', view.getUint32(0), view.getUint32(4));
  a.compute('or', toUpper, 'r4');
  a.compute('mov', toLower, 'r3');
  a.compute('lsh', toLower, shift);
  a.constant('r4', ...lower);
  a.compute('and', toLower, 'r4');
  a.constant('r4', view.getUint32(8), view.getUint32(12));
  a.compute('or', toLower, 'r4');
}
