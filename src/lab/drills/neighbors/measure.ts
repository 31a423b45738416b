import { pause } from '../../world/wait.ts';
import type { NeighborCase } from './cases.ts';
import { acceptsAdminDown } from './neighbor.ts';
import type { Work } from './plan.ts';
import { ALLOWANCE_MS, judge, type Measured, type NeighborRow } from './result.ts';
import { Rig } from './rig.ts';
import { TrafficEnd } from './traffic-end.ts';

/** Observation time beyond the stated time and its allowance before a black hole is reported, ms. */
const BEYOND_MS = 6000;
/** Number of consecutively lost packets of a family that means that its traffic has ended. */
const LOST = 200;
/** A sender that is not scheduled for this long ends the measurement, ms. */
const STANDSTILL_MS = 60_000;
const FAMILIES = [
  ['v4', 4],
  ['v6', 6],
] as const;

/** Runs the cases of one rig. */
export async function drill({ gateway, neighbor, group }: Work): Promise<NeighborRow[]> {
  const rig = await Rig.open(gateway, neighbor, group);
  try {
    const rows: NeighborRow[] = [];
    for (const one of group.cases) {
      await rig.announce(one.method);
      const refused = one.method === 'bfd-shutdown' && !acceptsAdminDown(neighbor);
      const names = { gateway: gateway.name, neighbor: neighbor.name };
      for (const measured of await measure(rig, one)) rows.push(judge(names, one, refused, measured));
    }
    return rows;
  } finally {
    await rig.close();
  }
}

/** CLOCK_MONOTONIC, which is the same for the kernel and all processes of a machine, ms. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

async function measure(rig: Rig, one: NeighborCase): Promise<Measured[]> {
  const first = rig.arrived();
  const ends = FAMILIES.map(([key, family]) => ({ key, family, end: new TrafficEnd(first[key]) }));
  const observe = (): void => {
    const arrived = rig.arrived();
    const sent = rig.sent();
    for (const { key, end } of ends) end.observe(arrived[key], sent[key]);
  };
  const begunMs = monotonicMs();
  const restore = await begin(rig, one);
  const doneMs = monotonicMs();
  const untilMs = doneMs + one.statedMs + ALLOWANCE_MS + BEYOND_MS;
  // Only packets sent after the time distinguish a black hole from a stalled sender.
  const isOpen = ({ lost, lastMs }: TrafficEnd): boolean => lost < LOST && lastMs < untilMs;
  for (observe(); ends.some(({ end }) => isOpen(end)); observe()) {
    if (monotonicMs() > untilMs + STANDSTILL_MS) throw new Error('packets were sent too rarely to measure anything');
    await pause(20);
  }
  await restore();
  const ownMs = doneMs - begunMs;
  return ends.map(({ family, end }) =>
    end.lost < LOST ? { family, ownMs } : { family, ownMs, stoppedMs: end.lastMs - begunMs },
  );
}

/** Creates the fault, or executes the method. @returns a function that reverts it */
async function begin(rig: Rig, { fault }: NeighborCase): Promise<() => Promise<void>> {
  if (fault === 'drain') {
    await rig.withdraw();
    return async () => undefined;
  }
  if (fault === 'power-loss') {
    await rig.silence();
    return async () => rig.unsilence();
  }
  const daemon = rig.frr.processes.get(rig.daemon);
  await daemon?.signal(fault === 'daemon-killed' ? 'SIGKILL' : 'SIGSTOP');
  return async () => {
    if (fault === 'daemon-hanging') {
      await daemon?.signal('SIGKILL');
      daemon?.resume();
    }
    await daemon?.exited;
    await rig.restartDaemon();
  };
}
