import type { InstanceSummary } from '../../dataplane/instance-options.ts';
import type { PeerStatus } from '../../replication/status.ts';
import type { Probe } from './check.ts';
import type { Finding } from './finding.ts';

/** What the probes need to know of an instance. */
export type SessionFacts = Pick<
  InstanceSummary,
  'name' | 'kind' | 'sessions' | 'ownSessions' | 'bibEntries' | 'replicas' | 'counters'
>;

type Peer = Pick<PeerStatus, 'slot' | 'name' | 'alive'>;

/** This node holds what every living node owns, proven by the digests. */
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
  /** Mappings that this node can give out: ports of its slice, over all addresses and protocols. */
  readonly capacity: number;
  /** From so many percent on, the pool counts as nearly used up. */
  readonly percent: number;
}

/** Packets that were refused for want of a port, as the translator counts them. */
const EXHAUSTED = 'answerPool4Exhausted';
const WHO = 'isthmus top clients --sort ports shows who has them';

/**
 * There are ports left for new clients. How many mappings this node has given out is reckoned from its share of the
 * sessions; that one was refused is counted.
 */
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
    const { capacity, percent } = this.#options;
    const { sessions, ownSessions, bibEntries, counters } = this.#summary();
    const refused = counters.find(({ name }) => name === EXHAUSTED)?.value ?? 0;
    const fresh = refused - (this.#refusedBefore ?? refused);
    this.#refusedBefore = refused;
    const used = sessions === 0 ? 0 : Math.round((bibEntries * ownSessions) / sessions);
    const share = capacity === 0 ? 100 : (used / capacity) * 100;
    const text = `about ${used} of ${capacity} ports of this node are in use`;
    if (fresh === 0 && share < percent) return { result: 'ok', text };
    const failure =
      fresh > 0
        ? `${fresh} packets found no free port since the last probe; ${text}`
        : `${text}, more than ${percent} %`;
    return { result: 'failed', text: `${failure}; ${WHO}` };
  }
}
