import { Worker } from 'node:worker_threads';
import type { LogSettings } from '../../../agent/nat-log/log-messages.ts';
import { NatLog } from '../../../agent/nat-log/nat-log.ts';
import { allocateSharedMemory } from '../../../dataplane/shared-state.ts';
import { systemClock } from '../../../replication/clock.ts';
import type { Made, MakerOrder } from './session-maker-main.ts';

/*
 * The NAT log of an agent and a worker without devices: creates sessions according to its argument (JSON), writes the
 * log completely, and prints the number of sessions and the state of the sinks.
 */
export interface StandOrder extends Omit<MakerOrder, 'events'> {
  readonly settings: LogSettings;
}

/** Capacity of the record rings, which are unused here. */
const RECORDS = 1024;
const STOP_MS = 60_000;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the benchmark starts this program
const { settings, ...order } = JSON.parse(process.argv[2] ?? '') as StandOrder;
const { events } = allocateSharedMemory(RECORDS);
const limits = { sessions: 0, perClient: 0, high: 0, low: 0 };
const natLog = new NatLog(settings, {
  clock: systemClock,
  instances: () => [{ name: 'bench', kind: 'nat64', eventRings: () => [events] }],
  sourceOf: (instance) => ({ ...settings.identity, instance, number: 1, limits }),
  addEvent: ({ reason }) => process.stderr.write(`${reason}\n`),
});
natLog.start();
const maker = new Worker(new URL('./session-maker-main.js', import.meta.url), { workerData: { ...order, events } });
const made = await new Promise<Made>((resolve, reject) => {
  maker.once('message', resolve);
  maker.once('error', reject);
});
await natLog.stop(STOP_MS);
process.stdout.write(`${JSON.stringify({ made, natLog: natLog.measured() })}\n`);
