import type { Instance } from '../dataplane/instance.ts';
import type { InstancePart } from './parts.ts';
import type { InstanceSnapshot } from './status-input.ts';

/** What the configuration knows of an instance and the data plane does not. */
export interface InstanceDescription {
  readonly pool6: readonly string[];
  /** Names of the nodes that prefer it, first choice first. */
  readonly preferredNodes: readonly string[];
}

/** An instance of the data plane as a part of the agent. */
export class NodeInstance implements InstancePart {
  readonly name: string;
  readonly kind: 'nat64' | 'siit';
  readonly #instance: Instance;
  readonly #description: InstanceDescription;

  constructor(instance: Instance, description: InstanceDescription) {
    this.name = instance.name;
    this.kind = instance.kind;
    this.#instance = instance;
    this.#description = description;
  }

  start(): Promise<void> {
    return this.#instance.start();
  }

  stop(): Promise<void> {
    return this.#instance.stop();
  }

  onRecords(callback: () => void): void {
    this.#instance.onRecords(callback);
  }

  onFailure(callback: (reason: string) => void): void {
    this.#instance.onFailure(callback);
  }

  takeRecords(out: Uint8Array, offset: number, max: number): number {
    return this.#instance.takeRecords(out, offset, max);
  }

  offerRecords(records: Uint8Array, offset: number, count: number): boolean {
    return this.#instance.offerRecords(records, offset, count);
  }

  requestSnapshot(): void {
    this.#instance.requestSnapshot();
  }

  takeOver(slot: number): void {
    this.#instance.takeOver(slot);
  }

  setPeerAlive(slot: number, alive: boolean): void {
    this.#instance.setPeerAlive(slot, alive);
  }

  snapshot(): InstanceSnapshot {
    const { tun, ...summary } = this.#instance.summary();
    const { pool6, preferredNodes } = this.#description;
    return { ...summary, tun: tun.name, tunOffloads: tun.offloads, pool6, preferredNodes };
  }
}
