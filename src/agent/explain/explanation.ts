import type { TranslatorOptions } from '../../translator/options.ts';
import type { BibEntry, ExplainReply, ExplainRequest, Session } from '../control/messages.ts';

/** The packets that the kernel sends to an instance. */
export interface InstanceWays {
  readonly routes: readonly string[];
  /** IPv6 prefixes of the only clients that it serves, before instances for all; none: all. */
  readonly clients: readonly string[];
}

/** The part of an instance that explaining needs. Lookups read the running table and change nothing. */
export interface ExplainedInstance {
  readonly name: string;
  readonly options: TranslatorOptions;
  /** What leads to it; absent: whatever its translator takes. */
  readonly ways?: InstanceWays;
  /** The BIB entry of a client's transport address, or of a pool4 transport address. */
  findBib(filter: Partial<BibEntry>): Promise<BibEntry | undefined>;
  findSession(filter: Partial<Session>): Promise<Session | undefined>;
}

/** A packet with addresses that have been read: IPv6 as 16 bytes, IPv4 as a number in host order. */
export type ExplainedPacket = Pick<
  ExplainRequest,
  'protocol' | 'source' | 'sourcePort' | 'destination' | 'destinationPort'
> &
  (
    | { readonly family: 6; readonly from6: Uint8Array; readonly to6: Uint8Array }
    | { readonly family: 4; readonly from4: number; readonly to4: number }
  );

/** What an instance would do, or undefined where the packet would not come to it. */
export type Explanation = Omit<ExplainReply, 'instance'> | undefined;

/** The answer's fields for a packet that does not leave. */
export function noPacket(): Omit<ExplainReply, 'instance' | 'steps' | 'verdict'> {
  return { source: '', sourcePort: 0, destination: '', destinationPort: 0 };
}

export function dropped(steps: readonly string[]): Explanation {
  return { ...noPacket(), steps, verdict: 'dropped' };
}
