import type { Answer, Coordinator, CoordinatorView, Self } from './coordinator.ts';

/**
 * Coordination by the configuration file alone. Slices are taken by the operator on this node; presence and draining
 * are known from heartbeats instead.
 */
export class StaticCoordinator implements Coordinator {
  readonly #self: Self;
  readonly #taken = new Set<number>();
  #changed: () => void = () => undefined;

  constructor(self: Self) {
    this.#self = self;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  view(): CoordinatorView {
    const slices = [...this.#taken].map((slot) => ({ slot, by: this.#self.slot }));
    return { backend: 'static', reachable: true, suspended: '', members: undefined, slices, draining: undefined };
  }

  leasedUntilMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  onChange(callback: () => void): void {
    this.#changed = callback;
  }

  tell(): void {}

  async takeSlice(slot: number, reachable: boolean): Promise<Answer> {
    if (slot === this.#self.slot) return { done: false, text: `slot ${slot} is this node's own` };
    if (reachable) return { done: false, text: `the node of slot ${slot} is alive, so its slice is its own` };
    if (this.#taken.has(slot)) return { done: true, text: `the slice of slot ${slot} was taken before` };
    this.#taken.add(slot);
    this.#changed();
    return { done: true, text: `the slice of slot ${slot} is taken` };
  }

  async handBack(slot: number): Promise<Answer> {
    if (!this.#taken.delete(slot)) return { done: false, text: `the slice of slot ${slot} is not held by this node` };
    this.#changed();
    return { done: true, text: `the slice of slot ${slot} is handed back` };
  }

  async lockDrain(): Promise<Answer> {
    return { done: true, text: 'there is no lock to take' };
  }

  async unlockDrain(): Promise<Answer> {
    return { done: true, text: 'there is no lock to give back' };
  }
}
