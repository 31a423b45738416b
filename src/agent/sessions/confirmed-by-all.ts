import type { ReplicationStatus } from '../../replication/status.ts';

/**
 * Whether every living node has confirmed the log up to the moment when its queue was empty. Later records do not
 * count, because marks alone are written ten times a second.
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
