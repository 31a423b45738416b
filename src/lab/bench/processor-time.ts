import { readFileSync } from 'node:fs';

/** USER_HZ, the unit of /proc/stat: 100 on every architecture supported by Node.js. */
const TICKS_PER_SECOND = 100;

/** CPU time of the whole machine except idle time, since boot, seconds. */
export function busySeconds(): number {
  const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  // cpu user nice system idle iowait irq softirq steal …; steal is time of other virtual machines.
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = first.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / TICKS_PER_SECOND;
}
