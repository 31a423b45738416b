import { Assembler, type Operand, type Register, type Size } from '../linux/bpf-assembler.ts';
import type { Prefix6 } from '../net/prefix.ts';
import type { FlowTable } from './flow-table.ts';
import { CONTROL, type Exclusion } from './layout.ts';
import { CONTEXT, PACKET, SKB, STACK } from './program-layout.ts';

/** bpf_skb_pull_data (linux/bpf.h). */
const PULL_DATA = 39;

/** Descriptors of the maps used for both kinds of flows. */
export type MapDescriptors = Readonly<Record<'hops' | 'control' | 'counts', number>>;

/** `session`: both transport addresses and the protocol; `pair`: two addresses, with any payload. */
export type FlowKind = 'session' | 'pair';

/** Parameters for finding a flow in a table (flow-table.ts). */
export type TableOfFlows = Pick<FlowTable, 'hash' | 'bits' | 'fd' | 'indexFd'>;

/** The kind of flows and how they are found: pairs in kernel maps, sessions in tables. */
export type FlowsToFind =
  | { readonly kind: 'pair'; readonly fd6: number; readonly fd4: number }
  | {
      readonly kind: 'session';
      readonly flows6: TableOfFlows;
      readonly flows4: TableOfFlows;
      /** Of the servers. */
      readonly pool6: Prefix6;
    };

/** Base of the steps of both directions. Each step emits instructions. */
export class ProgramSteps {
  readonly a = new Assembler();
  readonly maps: MapDescriptors;
  readonly flows: FlowsToFind;
  #labels = 0;

  constructor(maps: MapDescriptors, flows: FlowsToFind) {
    this.maps = maps;
    this.flows = flows;
  }

  /** Ensures that the first bytes can be read, and points to them. */
  reach(bytes: number): void {
    const a = this.a;
    const there = this.fresh();
    const lookUp = (): void => {
      a.load('u32', PACKET, CONTEXT, SKB.data);
      a.load('u32', 'r3', CONTEXT, SKB.dataEnd);
      a.compute('mov', 'r2', PACKET);
      a.compute('add', 'r2', bytes);
    };
    lookUp();
    a.jumpIf('r2', '<=', 'r3', there);
    a.compute('mov', 'r1', CONTEXT);
    a.compute('mov', 'r2', bytes);
    a.call(PULL_DATA);
    lookUp();
    a.jumpIf('r2', '>', 'r3', excluded('length'));
    a.label(there);
    // Both branches have a pointer that is valid for that many bytes.
  }

  control(size: Size, to: Register, field: (typeof CONTROL)[keyof typeof CONTROL]): void {
    this.a.mapValue(to, this.maps.control, field);
    this.a.load(size, to, to, 0);
  }

  stackAddress(register: Register, at: Operand): void {
    this.a.compute('mov', register, STACK);
    this.a.compute('add', register, at);
  }

  /** Cuts a register to its low 32 bits. */
  low32(register: Register): void {
    this.a.compute('lsh', register, 32);
    this.a.compute('rsh', register, 32);
  }

  fresh(): string {
    this.#labels += 1;
    return `l${this.#labels}`;
  }
}

/** Label of an exclusion: the packet is left unchanged, and counted. */
export function excluded(why: Exclusion): string {
  return `excluded ${why}`;
}
