import { COUNTERS } from '../../translator/counters.ts';
import type { Preview } from '../../translator/nat64/preview/preview.ts';
import type { TranslatorOptions } from '../../translator/options.ts';
import type { Code } from '../../codes.ts';
import type { ExplainReply } from '../control/messages.ts';

/** The packets that the kernel sends to an instance. */
export interface InstanceRouting {
  readonly routes: readonly string[];
  /** IPv6 prefixes of the only clients that it serves, before instances for all; none: all. */
  readonly clients: readonly string[];
}

/** The part of an instance that explaining needs. Everything that is asked of it changes nothing. */
export interface ExplainedInstance {
  readonly name: string;
  readonly options: TranslatorOptions;
  /** What leads to it; absent: whatever its translator takes. */
  readonly routing?: InstanceRouting;
  /** Of a nat64 instance: what would become of a packet that came now. */
  preview(packet: Uint8Array): Promise<Preview>;
  /** By which interface the kernel would send a translated packet; empty: it has no route. */
  interfaceFor(packet: Uint8Array): Promise<string>;
}

/** The node as a whole: what keeps packets from coming to it. */
export interface ExplainedNode {
  readonly nodeOf: (slot: number) => string;
  /** Why upstreams send it nothing, with the code of that; undefined: they do. */
  readonly unreached: () => { readonly code: Code; readonly text: string } | undefined;
}

/** What an instance would do, or undefined where the packet would not come to it. */
export type Explanation = Omit<ExplainReply, 'instance'> | undefined;

/** What becomes of a packet, in the words of a reply, before the kernel is asked for a route. */
export interface Finding {
  readonly verdict: string;
  readonly reason: number;
  readonly steps: readonly string[];
  readonly out: readonly Uint8Array[];
  readonly concerns: readonly Code[];
}

/** The answer's fields for a packet that does not leave. */
export function noPacket(): Omit<ExplainReply, 'instance' | 'steps' | 'verdict'> {
  return {
    source: '',
    sourcePort: 0,
    destination: '',
    destinationPort: 0,
    counter: '',
    packets: [],
    interface: '',
    concerns: [],
  };
}

/** Why a packet is not translated, as the counter says that counts it. */
export function reasonSentence(verdict: string, reason: number): string {
  const counter = COUNTERS[reason];
  if (counter === undefined) return verdict;
  const [help] = counter.help.split('; ');
  return `${verdict}: ${help} (counter ${counter.name})`;
}
