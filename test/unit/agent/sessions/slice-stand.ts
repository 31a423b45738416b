import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import { SliceDuty, type SlicePeer } from '../../../../src/agent/sessions/slice-duty.ts';
import type { Answer, Coordinator, CoordinatorView } from '../../../../src/cluster/coordinator/coordinator.ts';
import { SimulatedClock } from '../simulated-clock.ts';

export const SELF = { cluster: 'campus', slot: 1, name: 'gw1' };
const DONE: Answer = { done: true, text: 'done' };

/** A store that says what the test wants, and remembers what was asked of it. */
export class Store implements Coordinator {
  readonly asked: string[] = [];
  members: { slot: number; name: string; revision: string }[] = [];
  slices: { slot: number; by: number }[] = [];
  reachable = true;
  leasedMs = Number.POSITIVE_INFINITY;

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  onChange(): void {}
  tell(): void {}

  leasedUntilMs(): number {
    return this.leasedMs;
  }

  view(): CoordinatorView {
    const { members, slices, reachable } = this;
    return { backend: 'etcd', reachable, suspended: '', members, slices, draining: undefined };
  }

  async takeSlice(slot: number, heard: boolean): Promise<Answer> {
    this.asked.push(`take ${slot}${heard ? ' though heard' : ''}`);
    if (!heard) this.slices.push({ slot, by: 1 });
    return DONE;
  }

  async handBack(slot: number): Promise<Answer> {
    this.asked.push(`hand back ${slot}`);
    this.slices = this.slices.filter((slice) => slice.slot !== slot);
    return DONE;
  }

  async lockDrain(): Promise<Answer> {
    return DONE;
  }

  async unlockDrain(): Promise<Answer> {
    return DONE;
  }
}

/** Another node that hears this one whenever it is heard. */
export function other(peer: Omit<SlicePeer, 'acknowledges' | 'receivesFrom'>): SlicePeer {
  return { ...peer, acknowledges: peer.alive, receivesFrom: peer.alive ? [1] : [] };
}

export class Stand {
  readonly clock = new SimulatedClock();
  readonly events = new EventLog('gw1', () => this.clock.now(), noEventStore);
  readonly applied: string[] = [];
  readonly nodeOf = (slot: number): string => `gw${slot}`;
  readonly onChange = (): void => void this.told++;
  pausing: { reason: string | undefined } = { reason: undefined };
  told = 0;
  refuses = false;
  /** What the translators wait for before they change. */
  stalled: Promise<void> | undefined;
  readonly duty: SliceDuty;
  peers: SlicePeer[] = [other({ slot: 2, alive: true, works: [2], worked: [2] })];
  joined = true;

  constructor(coordinator: Coordinator) {
    this.duty = new SliceDuty(
      1,
      coordinator,
      async (slots) => {
        await this.stalled;
        if (this.refuses) throw new Error('the worker is gone');
        this.applied.push(slots.join());
      },
      this,
    );
  }

  async turns(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      this.duty.update({ peers: this.peers, joined: this.joined, follows: () => true });
      await this.clock.advance(100);
    }
  }
}
