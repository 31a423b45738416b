/**
 * What the nodes agree on beyond the cluster file, apart from sessions: which nodes are present, which node uses whose
 * slice, which one drains. No packet path, session replication or failure handling waits for it. By the consequences of
 * a failure:
 *
 * - `view` never fails: it is the last that was seen, and says whether it is fresh.
 * - `takeSlice` and `lockDrain` are compare-and-set: they happen wholly or not at all, and are refused with a sentence
 *   when the store cannot be reached in time. Nobody retries them unasked.
 * - `handBack` and `unlockDrain` are repeated until they are done: that they are late keeps a slice or the lock taken,
 *   no more.
 */
export interface Coordinator {
  start(): Promise<void>;
  /** Ends this node's presence, so that the others need not wait for its expiry. */
  stop(): Promise<void>;
  view(): CoordinatorView;
  /**
   * Time until which this node's presence protects its slice from being taken, on the clock passed at creation:
   * milliseconds. Infinity if slices are only taken by the operator.
   */
  leasedUntilMs(): number;
  /** Calls back after every change of the view. */
  onChange(callback: () => void): void;
  /** Publishes the revision of this node's configuration. */
  tell(revision: string): void;
  /**
   * @param reachable whether this node receives heartbeats from the slice's node: then it is refused whatever the store
   * says
   */
  takeSlice(slot: number, reachable: boolean): Promise<Answer>;
  handBack(slot: number): Promise<Answer>;
  /** Only one node drains at a time. @param force takes the lock from another node */
  lockDrain(force: boolean): Promise<Answer>;
  unlockDrain(): Promise<Answer>;
  /** Simulates an unreachable store, or ends that; absent: there is no store. For drills. */
  setCut?(cut: boolean): void;
}

export interface Answer {
  readonly done: boolean;
  /** One sentence. */
  readonly text: string;
}

export interface Member {
  readonly slot: number;
  readonly name: string;
  readonly revision: string;
}

export interface CoordinatorView {
  readonly backend: 'static' | 'etcd';
  /** The view is current. A `static` one always is. */
  readonly reachable: boolean;
  /** What is not possible at present, one sentence; empty: nothing. */
  readonly suspended: string;
  /** Nodes that are present, by slot; undefined: unknown to this backend. */
  readonly members: readonly Member[] | undefined;
  /** Slices used by a node other than their own. */
  readonly slices: readonly { readonly slot: number; readonly by: number }[];
  /** The slot of the node that drains. */
  readonly draining: number | undefined;
}

/** The node that uses the coordinator. */
export interface Self {
  readonly cluster: string;
  readonly slot: number;
  readonly name: string;
}
