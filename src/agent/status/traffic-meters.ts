import type { Traffic } from '../control/messages.ts';
import type { InstanceSnapshot } from './status-input.ts';
import { TrafficMeter } from './traffic-meter.ts';

/** A meter for each instance of the node; instances change at run time. */
export class TrafficMeters {
  readonly #meters = new Map<string, TrafficMeter>();

  /** Takes samples when due. @param nowMs on the agent's clock */
  note(nowMs: number, instances: readonly Pick<InstanceSnapshot, 'name' | 'counters'>[]): void {
    for (const { name, counters } of instances) this.meter(name).note(nowMs, counters);
    for (const name of this.#meters.keys()) {
      if (!instances.some((instance) => instance.name === name)) this.#meters.delete(name);
    }
  }

  of({ name, pool }: Pick<InstanceSnapshot, 'name' | 'pool'>): Traffic {
    return this.meter(name).traffic(pool);
  }

  meter(name: string): TrafficMeter {
    const meter = this.#meters.get(name) ?? new TrafficMeter();
    this.#meters.set(name, meter);
    return meter;
  }
}
