import { formatIpv4 } from '../../net/ipv4-address.ts';
import { Counter, COUNTERS } from '../../translator/counters.ts';
import type { Preview } from '../../translator/nat64/preview/preview.ts';
import type { TranslatorOptions } from '../../translator/options.ts';
import { isMartian4, specialKind4 } from '../../translator/special-addresses.ts';
import type { Code } from '../../codes.ts';
import type { ExplainReply } from '../control/messages.ts';

/** Packets routed by the kernel to an instance. */
export interface InstanceRouting {
  readonly routes: readonly string[];
  /** Prefixes of the instance's clients, which have precedence over instances for all; empty: all. */
  readonly clients: readonly string[];
}

/** The interface of an instance for explanations; without side effects. */
export interface ExplainedInstance {
  readonly name: string;
  readonly options: TranslatorOptions;
  /** Routing to it; absent: everything that its translator accepts. */
  readonly routing?: InstanceRouting;
  /** For a nat64 instance: the prediction for a packet that arrives now. */
  preview(packet: Uint8Array): Promise<Preview>;
  /** Outgoing interface for a translated packet; empty: no route. */
  interfaceFor(packet: Uint8Array): Promise<string>;
}

/** State of the node that affects whether packets reach it. */
export interface ExplainedNode {
  readonly nodeOf: (slot: number) => string;
  /** Why upstreams send nothing to it, with a code; undefined: they do. */
  readonly unreached: () => { readonly code: Code; readonly text: string } | undefined;
}

/** The prediction of an instance; undefined: the packet would not reach it. */
export type Explanation = Omit<ExplainReply, 'instance'> | undefined;

/** Result for a packet, before the route look-up. */
export interface Finding {
  readonly verdict: string;
  readonly reason: number;
  readonly steps: readonly string[];
  readonly out: readonly Uint8Array[];
  readonly concerns: readonly Code[];
}

/** Fields of the reply for a packet that is not sent. */
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

/** Counters of addresses of a kind that is not translated. */
const OF_ITS_KIND: ReadonlySet<number> = new Set([
  Counter.dropNonGlobal,
  Counter.answerNonGlobal,
  Counter.dropBadSource,
]);

/** Which address is not translated, and of what kind it is; undefined: that is not why. */
export function specialSentence(verdict: string, reason: number, address: number | undefined): string | undefined {
  if (address === undefined || !OF_ITS_KIND.has(reason)) return undefined;
  const kind = specialKind4(address);
  if (kind === undefined) return undefined;
  const why = isMartian4(address)
    ? 'such addresses are not translated'
    : 'the well-known prefix does not stand for such addresses (RFC 6052 section 3.1)';
  return `${verdict}: ${formatIpv4(address)} is ${kind}, and ${why} (counter ${COUNTERS[reason]?.name})`;
}

/** Why a packet is not translated, from the description of its counter. */
export function reasonSentence(verdict: string, reason: number): string {
  const counter = COUNTERS[reason];
  if (counter === undefined) return verdict;
  const [help] = counter.help.split('; ');
  return `${verdict}: ${help} (counter ${counter.name})`;
}
