import type { InstanceSummary } from '../../dataplane/instance-options.ts';
import type { PeerStatus } from '../../replication/status.ts';
import type { Probe } from './check.ts';
import type { Finding } from './finding.ts';

/** Properties of an instance for these probes. */
export type SessionFacts = Pick<InstanceSummary, 'name' | 'kind' | 'replicas' | 'counters' | 'pool'>;

type Peer = Pick<PeerStatus, 'slot' | 'name' | 'alive'>;

/** This node has replicas of all living nodes' sessions, verified by the digests. */
export class ReplicationProbe implements Probe {
  readonly name = 'replication';
  readonly #peers: () => readonly Peer[];
  readonly #instances: () => readonly SessionFacts[];

  constructor(peers: () => readonly Peer[], instances: () => readonly SessionFacts[]) {
    this.#peers = peers;
    this.#instances = instances;
  }

  async check(): Promise<Finding> {
    const living = this.#peers().filter(({ alive }) => alive);
    if (living.length === 0) return { result: 'ok', text: 'no other node is alive' };
    const apart = this.#instances()
      .filter(({ kind }) => kind === 'nat64')
      .flatMap(({ name, replicas }) =>
        living
          .filter(({ slot }) => replicas.find((replica) => replica.slot === slot)?.sync !== 'inSync')
          .map((peer) => `${name} of ${peer.name}`),
      );
    if (apart.length > 0) return { result: 'failed', text: `not in sync: ${apart.join(', ')}` };
    return { result: 'ok', text: `in sync with ${living.map(({ name }) => name).join(', ')}` };
  }
}

export interface PoolUseOptions {
  readonly instance: string;
  /** Percentage from which the pool counts as nearly exhausted. */
  readonly percent: number;
}

/** The counter of packets rejected for lack of a port. */
const EXHAUSTED = 'answerPool4Exhausted';
const WHO = 'isthmus top clients --sort ports shows who has them';

/** Ports are available for new clients, for each protocol, and no packet was rejected for lack of one. */
export class PoolProbe implements Probe {
  readonly name: string;
  readonly #options: PoolUseOptions;
  readonly #summary: () => SessionFacts;
  #refusedBefore: number | undefined;

  constructor(options: PoolUseOptions, summary: () => SessionFacts) {
    this.name = `pool4 ${options.instance}`;
    this.#options = options;
    this.#summary = summary;
  }

  async check(): Promise<Finding> {
    const { percent } = this.#options;
    const { counters, pool } = this.#summary();
    const refused = counters.find(({ name }) => name === EXHAUSTED)?.value ?? 0;
    const fresh = refused - (this.#refusedBefore ?? refused);
    this.#refusedBefore = refused;
    const { text, share } = fullestProtocol(pool);
    if (fresh === 0 && share < percent) return { result: 'ok', text };
    const failure =
      fresh > 0 ? `${fresh} packets found no free port since the last probe; ${text}` : `${text}, ${percent} % or more`;
    return { result: 'failed', text: `${failure}; ${WHO}` };
  }
}

/** The protocol with the fewest ports left, over all slices from which this node allocates. */
function fullestProtocol(pool: SessionFacts['pool']): { readonly text: string; readonly share: number } {
  const protocols = [...new Set(pool.map(({ protocol }) => protocol))].map((protocol) => {
    const slices = pool.filter((slice) => slice.protocol === protocol);
    const size = slices.reduce((sum, slice) => sum + slice.size, 0);
    const used = slices.reduce((sum, slice) => sum + slice.used, 0);
    const text = `${used} of ${size} ${protocol} ports of this node are in use or held`;
    return { text, share: size === 0 ? 0 : (100 * used) / size };
  });
  const [fullest] = protocols.toSorted((one, other) => other.share - one.share);
  return fullest ?? { text: 'this node allocates from no slice of pool4 now', share: 0 };
}
