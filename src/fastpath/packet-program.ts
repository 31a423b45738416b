import { from6 } from './from-clients.ts';
import { CONTROL, type Count, countAt, EXCLUSIONS } from './layout.ts';
import {
  CONTEXT,
  DROP,
  ETHERTYPE_IPV4,
  ETHERTYPE_IPV6,
  NEXT,
  NOW,
  PACKET,
  PROTOCOL,
  SKB,
  STACK,
} from './program-layout.ts';
import { excluded, type FlowsToFind, type MapDescriptors, ProgramSteps } from './program-steps.ts';
import { counts } from './rewrite-steps.ts';
import { from4 } from './to-clients.ts';

/*
 * The program: at the ingress of an interface it translates packets of known flows in place and forwards them; all
 * others are left unchanged for the slow path.
 *
 *     mine? (alive, to this host, no VLAN) ─→ TCP, UDP, echo? ─→ a flow? ─→ plain, whole? ─→ fits? ─→ next hop: the flow's, or the FIB's
 *         → change the family → header, MAC addresses → checksum → port → count → redirect
 *
 * All checks come before the first change: EXCLUSIONS of layout.ts, each with a counter.
 */

/** bpf_ktime_get_coarse_ns (linux/bpf.h). */
const COARSE_NOW = 160;

/** @returns the instructions, for these maps */
export function packetProgram(maps: MapDescriptors, flows: FlowsToFind): ArrayBuffer {
  const steps = new ProgramSteps(maps, flows);
  const { a } = steps;
  a.compute('mov', CONTEXT, 'r1');
  steps.control('u64', PACKET, CONTROL.until);
  a.call(COARSE_NOW);
  a.jumpIf('r0', '>', PACKET, excluded('fence'));
  a.store('u64', STACK, NOW, 'r0');
  a.load('u32', 'r2', CONTEXT, SKB.type);
  a.jumpIf('r2', '!=', 0, excluded('other'));
  a.load('u32', 'r2', CONTEXT, SKB.vlan);
  a.jumpIf('r2', '!=', 0, excluded('other'));
  a.load('u32', 'r2', CONTEXT, SKB.protocol);
  a.jumpIf('r2', '==', ETHERTYPE_IPV6, 'from6');
  a.jumpIf('r2', '==', ETHERTYPE_IPV4, 'from4');
  a.jump(excluded('other'));
  for (const why of EXCLUSIONS) ending(steps, excluded(why), why, 'left');
  ending(steps, 'broken', 'broken', 'drop');
  end(steps, 'left', NEXT);
  end(steps, 'drop', DROP);
  a.label('from6');
  from6(steps);
  a.label('from4');
  from4(steps);
  return a.assemble();
}

/** Processing ends here, with this counter. */
function ending({ a }: ProgramSteps, label: string, count: Count, then: string): void {
  a.label(label);
  a.compute('mov', PROTOCOL, countAt(count));
  a.jump(then);
}

function end(steps: ProgramSteps, label: string, verdict: number): void {
  const { a } = steps;
  const uncounted = steps.fresh();
  a.label(label);
  counts(steps, uncounted);
  a.compute('add', 'r0', PROTOCOL);
  a.load('u64', 'r1', 'r0', 0);
  a.compute('add', 'r1', 1);
  a.store('u64', 'r0', 0, 'r1');
  a.label(uncounted);
  a.compute('mov', 'r0', verdict);
  a.exit();
}
