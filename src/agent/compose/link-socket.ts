import { BpfError } from '../../linux/bpf.ts';
import { SystemCallError } from '../../linux/libc.ts';
import { MulticastSocket } from '../../linux/multicast-socket.ts';
import type { BatchSocket, BatchSocketOptions } from '../../replication/multicast-transport.ts';
import type { RefusalCounts } from '../../replication/refusals.ts';
import { FrameFilter } from './frame-filter.ts';

/** The socket of one link with a filter that belongs to it. */
class FilteredSocket extends MulticastSocket implements BatchSocket {
  readonly #filter: FrameFilter;

  constructor(options: BatchSocketOptions, filter: FrameFilter) {
    super({ ...options, filter: filter.fd });
    this.#filter = filter;
  }

  refused(): Partial<RefusalCounts> {
    return this.#filter.refused();
  }
}

/**
 * Opens the socket of a link; the kernel refuses what is no frame of the cluster. Where it takes no filter, the
 * process refuses all of it itself.
 * @param slots of all nodes of the cluster
 * @throws SystemCallError
 */
export function openLinkSocket(options: BatchSocketOptions, cluster: string, slots: readonly number[]): BatchSocket {
  const filter = loadFilter(cluster, slots);
  return filter === undefined ? new MulticastSocket(options) : new FilteredSocket(options, filter);
}

function loadFilter(cluster: string, slots: readonly number[]): FrameFilter | undefined {
  try {
    return FrameFilter.load(cluster, slots);
  } catch (error) {
    if (error instanceof BpfError || error instanceof SystemCallError) return undefined;
    throw error;
  }
}
