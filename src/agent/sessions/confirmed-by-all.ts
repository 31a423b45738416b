import type { ReplicationStatus } from '../../replication/status.ts';

/**
 * Whether every living node has confirmed what was in the log at a moment: when nothing waited for its turn. What is
 * said after that does not count, for marks alone go on ten times in a second.
 */
export class ConfirmedByAll {
  #upTo: number | undefined;

  isSo({ sequence, framesQueued, peers }: Pick<ReplicationStatus, 'sequence' | 'framesQueued' | 'peers'>): boolean {
    const living = peers.filter(({ alive }) => alive);
    if (this.#upTo === undefined && framesQueued === 0) this.#upTo = sequence;
    const upTo = this.#upTo ?? Number.POSITIVE_INFINITY;
    return living.every(({ acknowledged }) => acknowledged >= upTo);
  }
}
