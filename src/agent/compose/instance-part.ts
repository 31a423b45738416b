import type { Instance } from '../../dataplane/instance.ts';
import { type RetainedTable, RetainedTableError } from '../files/retained-table.ts';
import type { InstancePart } from './parts.ts';
import type { InstanceSnapshot } from '../status/status-input.ts';

/** What the configuration knows of an instance and the data plane does not. */
export interface InstanceDescription {
  readonly pool6: readonly string[];
  /** Names of the nodes that prefer it, first choice first. */
  readonly preferredNodes: readonly string[];
}

/** Where the sessions are between two lives of a node that is alone, and who hears how that went. */
export interface Retention {
  readonly table: RetainedTable;
  readonly tell: (severity: 'info' | 'warning', to: string, reason: string) => void;
}

/** An instance of the data plane as a part of the agent. */
export class NodeInstance implements InstancePart {
  readonly name: string;
  readonly kind: 'nat64' | 'siit';
  readonly #instance: Instance;
  #description: InstanceDescription;
  readonly #keeping: Retention | undefined;
  #started = false;

  constructor(instance: Instance, description: InstanceDescription, keeping?: Retention) {
    this.name = instance.name;
    this.kind = instance.kind;
    this.#instance = instance;
    this.#description = description;
    this.#keeping = keeping;
  }

  /** The configuration says something else of it. */
  describe(description: InstanceDescription): void {
    this.#description = description;
  }

  async start(fill?: () => Promise<void>): Promise<void> {
    const keeping = this.#keeping;
    if (keeping === undefined) return this.#instance.start(fill);
    try {
      await this.#instance.start(async () => {
        await this.#restore(keeping);
        await fill?.();
      });
    } catch (error) {
      await keeping.table.putBack();
      throw error;
    }
    this.#started = true;
    await keeping.table.discard();
  }

  async stop(): Promise<void> {
    const keeping = this.#keeping;
    if (keeping !== undefined && this.#started) await this.#keep(keeping);
    this.#started = false;
    await this.#instance.stop();
  }

  async #restore({ table, tell }: Retention): Promise<void> {
    try {
      const restored = await table.restore(this.#instance);
      if (restored !== undefined) tell('info', 'table restored', `${restored} sessions of the life before`);
    } catch (error) {
      if (!(error instanceof RetainedTableError)) throw error;
      await table.discard();
      tell('warning', 'table not restored', error.message);
    }
  }

  /** A table that cannot be kept does not keep the agent from ending. */
  async #keep({ table, tell }: Retention): Promise<void> {
    try {
      tell('info', 'table kept', `${await table.save(this.#instance)} sessions for the next start`);
    } catch (error) {
      tell('warning', 'table not kept', error instanceof Error ? error.message : String(error));
    }
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

  confirmRecords(records: number): void {
    this.#instance.confirmRecords(records);
  }

  setPeerAlive(slot: number, alive: boolean): void {
    this.#instance.setPeerAlive(slot, alive);
  }

  setSlices(slots: readonly number[]): Promise<void> {
    return this.#instance.setSlices(slots);
  }

  snapshot(): InstanceSnapshot {
    const { tun, ...summary } = this.#instance.summary();
    const { pool6, preferredNodes } = this.#description;
    return { ...summary, tun: tun.name, tunOffloads: tun.offloads, pool6, preferredNodes };
  }
}
