import { readFileSync } from 'node:fs';

/** USER_HZ: what /proc/stat counts in. It is 100 on every architecture that Node.js runs on. */
const TICKS_PER_SECOND = 100;

/** Processor time that the whole machine has spent on anything but idling, since it was started, seconds. */
export function busySeconds(): number {
  const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  // cpu user nice system idle iowait irq softirq steal …; steal is time that others had.
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = first.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / TICKS_PER_SECOND;
}
