import type { Nat64Options } from '../../options.ts';
import type { EmbeddingPrefix } from '../../rfc6052.ts';
import type { InboundFilter } from '../packet/inbound-filter.ts';
import type { Pool4 } from '../ports/pool4.ts';
import type { ShardMap } from '../ports/shard-map.ts';
import type { Holding } from '../tables/prefix-counts.ts';
import type { SessionStore } from '../tables/session-store.ts';

/** Something that a packet meets on its way, in the order in which it meets them. */
export type PreviewStep =
  /** Its BIB entry: a row of table-rows.ts. */
  | { readonly kind: 'mapping'; readonly row: Uint32Array }
  /** Its BIB entry would be made, on the address and port that its transport address had until a while ago, or anew. */
  | { readonly kind: 'newMapping'; readonly address: number; readonly port: number; readonly again: boolean }
  /** Its session: a row of table-rows.ts. */
  | { readonly kind: 'session'; readonly row: Uint32Array }
  | { readonly kind: 'newSession' }
  /** It goes on by its BIB entry alone. */
  | { readonly kind: 'noSession' }
  /** It goes on only when another node has the record of its session, or after this many milliseconds. */
  | { readonly kind: 'waitsForPeer'; readonly mostMs: number }
  /** Its port is of another node's slice: it waits for a record of that node first. What follows is for when none comes. */
  | { readonly kind: 'waitsForRecord' }
  /** The pool4 address is of a former configuration: nothing leads its answers here. */
  | { readonly kind: 'retired'; readonly address: number }
  /** It goes to an address of pool4 and comes back in at once, as what comes from there. */
  | { readonly kind: 'hairpin' }
  /** What comes back is another shard's. */
  | { readonly kind: 'otherShard'; readonly shard: number }
  /** What the client and its network hold, against which the limits were held. */
  | { readonly kind: 'holdings'; readonly client: Holding; readonly network: Holding };

export type PreviewVerdict = 'translated' | 'hairpinned' | 'error' | 'dropped' | 'held';

/** What becomes of one packet, if nothing happens before it comes. */
export interface Preview {
  readonly verdict: PreviewVerdict;
  /** Counter that names the reason, or -1; of `error`, what the ICMP error is sent for. */
  readonly reason: number;
  readonly steps: readonly PreviewStep[];
  /** The packets that leave; of an error none, although the error leaves. */
  readonly out: readonly Uint8Array[];
}

/** What the translator decides with. */
export interface PreviewParts {
  readonly options: Nat64Options;
  readonly store: SessionStore;
  readonly pool6: readonly EmbeddingPrefix[];
  readonly pool4: Pool4;
  readonly inbound: InboundFilter;
  readonly shards: ShardMap | undefined;
}

/** What ends the way of a packet. */
export interface PreviewEnd {
  readonly verdict: PreviewVerdict;
  readonly reason: number;
  /** A limit of the client, or of its network, or the reserve. */
  readonly limited?: boolean;
}

export function dropped(reason: number): PreviewEnd {
  return { verdict: 'dropped', reason };
}

export function answered(reason: number): PreviewEnd {
  return { verdict: 'error', reason };
}
