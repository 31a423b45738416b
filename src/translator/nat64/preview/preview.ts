import type { Nat64Options } from '../../options.ts';
import type { EmbeddingPrefix } from '../../rfc6052.ts';
import type { InboundFilter } from '../packet/inbound-filter.ts';
import type { Pool4 } from '../ports/pool4.ts';
import type { ShardMap } from '../ports/shard-map.ts';
import type { Holding } from '../tables/prefix-counts.ts';
import type { SessionStore } from '../tables/session-store.ts';

/** A step of a packet's path, in the order of processing. */
export type PreviewStep =
  /** Its BIB entry: a row of table-rows.ts. */
  | { readonly kind: 'mapping'; readonly row: Uint32Array }
  /** A BIB entry would be created, on the address and port that its transport address had before, or on a new one. */
  | { readonly kind: 'newMapping'; readonly address: number; readonly port: number; readonly again: boolean }
  /** Its session: a row of table-rows.ts. */
  | { readonly kind: 'session'; readonly row: Uint32Array }
  | { readonly kind: 'newSession' }
  /** It is translated by its BIB entry alone. */
  | { readonly kind: 'noSession' }
  /** It is sent when another node has the record of its session, or after this many milliseconds. */
  | { readonly kind: 'waitsForPeer'; readonly mostMs: number }
  /**
   * Its port is in another node's slice: it waits for a record of that node. The following steps are for when none
   * arrives.
   */
  | { readonly kind: 'waitsForRecord' }
  /** The pool4 address is from a former configuration: answers are not routed here. */
  | { readonly kind: 'retired'; readonly address: number }
  /** It is addressed to pool4 and processed again as a packet from the IPv4 side. */
  | { readonly kind: 'hairpin' }
  /** The hairpinned packet belongs to another shard. */
  | { readonly kind: 'otherShard'; readonly shard: number }
  /** What the client and its network hold, as compared with the limits. */
  | { readonly kind: 'holdings'; readonly client: Holding; readonly network: Holding };

export type PreviewVerdict = 'translated' | 'hairpinned' | 'error' | 'dropped' | 'held';

/** Predicted outcome for one packet. */
export interface Preview {
  readonly verdict: PreviewVerdict;
  /** Counter that names the reason, or -1; for `error`, the reason for the ICMP error. */
  readonly reason: number;
  readonly steps: readonly PreviewStep[];
  /** The packets that would be sent; ICMP errors are not included. */
  readonly out: readonly Uint8Array[];
}

/** State on which the preview is based. */
export interface PreviewParts {
  readonly options: Nat64Options;
  readonly store: SessionStore;
  readonly pool6: readonly EmbeddingPrefix[];
  readonly pool4: Pool4;
  readonly inbound: InboundFilter;
  readonly shards: ShardMap | undefined;
}

/** The end of a packet's path. */
export interface PreviewEnd {
  readonly verdict: PreviewVerdict;
  readonly reason: number;
  /** A limit of the client or its network, or the reserve, was the reason. */
  readonly limited?: boolean;
}

export function dropped(reason: number): PreviewEnd {
  return { verdict: 'dropped', reason };
}

export function answered(reason: number): PreviewEnd {
  return { verdict: 'error', reason };
}
