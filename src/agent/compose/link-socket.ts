import { BpfError } from '../../linux/bpf.ts';
import { SystemCallError } from '../../linux/libc.ts';
import { MulticastSocket } from '../../linux/multicast-socket.ts';
import type { BatchSocket, BatchSocketOptions } from '../../replication/multicast-transport.ts';
import type { RefusalCounts } from '../../replication/refusals.ts';
import { FrameFilter } from './frame-filter.ts';

/** The socket of one link with its own filter. */
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
 * Opens the sockets of links with a kernel filter for foreign datagrams. Without a filter, the process rejects them
 * itself. A reopened link keeps its filter and counters.
 */
export class LinkSockets {
  readonly #cluster: string;
  readonly #slots: readonly number[];
  readonly #filters = new Map<string, FrameFilter>();

  /** @param slots of all nodes of the cluster */
  constructor(cluster: string, slots: readonly number[]) {
    this.#cluster = cluster;
    this.#slots = slots;
  }

  /** @throws SystemCallError */
  open(options: BatchSocketOptions): BatchSocket {
    const filter = this.#filterOf(options.interface);
    return filter === undefined ? new MulticastSocket(options) : new FilteredSocket(options, filter);
  }

  #filterOf(name: string): FrameFilter | undefined {
    try {
      const filter = this.#filters.get(name) ?? FrameFilter.load(this.#cluster, this.#slots);
      this.#filters.set(name, filter);
      return filter;
    } catch (error) {
      if (error instanceof BpfError || error instanceof SystemCallError) return undefined;
      throw error;
    }
  }
}
