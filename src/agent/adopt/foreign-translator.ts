import { isDeepStrictEqual } from 'node:util';
import type { ClusterConfig, Nat64Config } from '../../cluster/schema.ts';
import { foreignSlotOf } from '../../cluster/translator-options.ts';
import type { AdoptionStatus, ExportStatus } from '../control/messages.ts';
import { Adoption, type AdoptionWorld } from './adoption.ts';
import * as record from '../../translator/nat64/records/session-record.ts';
import { ForeignSessions } from './foreign-sessions.ts';
import { type ExportWorld, SessionExport } from './session-export.ts';

export type ForeignWorld = AdoptionWorld & ExportWorld;

/** The other translator of one instance, as configured: import of its sessions, and export to it. */
export class ForeignTranslator {
  readonly #name: string;
  readonly #world: ForeignWorld;
  #config: Nat64Config | undefined;
  #started = false;
  /** The owner of its sessions; 0: none. */
  slot = 0;
  adoption: Adoption | undefined;
  exporting: SessionExport | undefined;
  #usedMs = Number.NEGATIVE_INFINITY;

  /** @param name of the instance */
  constructor(name: string, world: ForeignWorld) {
    this.#name = name;
    this.#world = world;
  }

  /** Applies the cluster file. Unchanged parts continue. */
  configure(cluster: ClusterConfig): void {
    const instance = cluster.instances[this.#name];
    const config = instance?.kind === 'nat64' ? instance : undefined;
    const [before, slot] = [this.#config, foreignSlotOf(cluster).foreignSlot ?? 0];
    const same = (of: (one: Nat64Config | undefined) => unknown): boolean => isDeepStrictEqual(of(before), of(config));
    const sameAdopt = same((one) => [one?.adopt, one?.pool6, one?.pool4, one?.clients, one?.destinations]);
    const sameExport = same((one) => [one?.export, one?.pool6]);
    this.#config = config;
    if (!sameAdopt || slot !== this.slot) this.#setAdoption(config, slot);
    this.slot = slot;
    if (!sameExport) this.#setExport(config);
  }

  /** The instance is running: starts what is configured. */
  start(): void {
    this.#started = true;
    this.adoption?.listen();
    this.exporting?.start();
  }

  stop(): void {
    this.#started = false;
    this.adoption?.done();
    this.exporting?.stop();
  }

  /** Time since a packet of one of its sessions reached this node, ms; Infinity: none. */
  get unusedMs(): number {
    return this.#world.clock.now() - this.#usedMs;
  }

  /**
   * Receives records of the node's own log. A hint to the foreign owner means that a packet has used one of its
   * sessions.
   */
  tap(records: Uint8Array, offset: number, count: number): void {
    this.exporting?.tap(records, offset, count);
    if (this.adoption === undefined) return;
    for (let at = offset; at < offset + count * record.SESSION_RECORD_SIZE; at += record.SESSION_RECORD_SIZE) {
      const hints = records[at + record.RECORD_KIND] === record.RecordKind.hint;
      if (hints && records[at + record.RECORD_OWNER] === this.slot) this.#usedMs = this.#world.clock.now();
    }
  }

  /** @param held its sessions in the table */
  status(held: number): { readonly adoption: AdoptionStatus | undefined; readonly exported: ExportStatus | undefined } {
    return { adoption: this.adoption?.status(held), exported: this.exporting?.status() };
  }

  #setAdoption(config: Nat64Config | undefined, slot: number): void {
    const resumes = this.adoption?.listens ?? true;
    this.adoption?.done();
    this.adoption = undefined;
    if (config?.adopt === undefined || slot === 0) return;
    this.adoption = new Adoption(config.adopt.joold, new ForeignSessions(slot, config), this.#world);
    if (this.#started && resumes) this.adoption.listen();
  }

  #setExport(config: Nat64Config | undefined): void {
    this.exporting?.stop();
    this.exporting = undefined;
    const [pool6] = config?.pool6 ?? [];
    if (config?.export === undefined || pool6 === undefined) return;
    this.exporting = new SessionExport(config.export.joold, pool6, this.#world);
    if (this.#started) this.exporting.start();
  }
}
