import { from6 } from './from-clients.ts';
import { CONTROL } from './layout.ts';
import {
  ALONE,
  CONTEXT,
  DROP,
  ETHERTYPE_IPV4,
  ETHERTYPE_IPV6,
  NEXT,
  NOW,
  PACKET,
  SKB,
  STACK,
} from './program-layout.ts';
import { type MapDescriptors, ProgramSteps } from './program-steps.ts';
import { from4 } from './to-clients.ts';

/*
 * The program: at the ingress of an interface it translates packets of flows that it knows, in place, and sends them
 * on; all others it leaves alone, as they came, for the slow path.
 *
 *     mine? (alive, to this host, no VLAN) ─→ whole, plain header? ─→ a flow? ─→ fits? ─→ FIB: a way and a neighbour?
 *         → change the family → checksum → header, port, MAC addresses → count → redirect
 *
 * Everything that can say no comes before the first change. What says no: SYN, FIN, RST; fragments, options, extension
 * headers; TTL 1; a UDP checksum of zero; what is too big; wrong lengths or header checksum; no route or neighbour.
 */

/** bpf_ktime_get_coarse_ns (linux/bpf.h). */
const COARSE_NOW = 160;

/** @returns the instructions, for these maps */
export function packetProgram(maps: MapDescriptors): ArrayBuffer {
  const steps = new ProgramSteps(maps);
  const { a } = steps;
  a.compute('mov', CONTEXT, 'r1');
  steps.control('u64', PACKET, CONTROL.until);
  a.call(COARSE_NOW);
  a.jumpIf('r0', '>', PACKET, ALONE);
  a.store('u64', STACK, NOW, 'r0');
  a.load('u32', 'r2', CONTEXT, SKB.type);
  a.jumpIf('r2', '!=', 0, ALONE);
  a.load('u32', 'r2', CONTEXT, SKB.vlan);
  a.jumpIf('r2', '!=', 0, ALONE);
  a.load('u32', 'r2', CONTEXT, SKB.protocol);
  a.jumpIf('r2', '==', ETHERTYPE_IPV6, 'from6');
  a.jumpIf('r2', '==', ETHERTYPE_IPV4, 'from4');
  a.label(ALONE);
  a.compute('mov', 'r0', NEXT);
  a.exit();
  a.label('broken');
  a.compute('mov', 'r0', DROP);
  a.exit();
  a.label('from6');
  from6(steps);
  a.label('from4');
  from4(steps);
  return a.assemble();
}
