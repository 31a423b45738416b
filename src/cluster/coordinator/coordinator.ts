/**
 * What the nodes agree on beyond the cluster file, apart from sessions: who is present, who works in whose slice, who
 * drains. Nothing on the way of a packet, of a session or of a failure waits for it. By what a failure means:
 *
 * - `view` never fails: it is the last that was seen, and says whether it is fresh.
 * - `takeSlice` and `lockDrain` are compare-and-set: they happen wholly or not at all, and are refused with a sentence
 *   when the store cannot be reached in time. Nobody retries them unasked.
 * - `handBack` and `unlockDrain` are repeated until they are done: that they are late keeps a slice or the lock taken,
 *   no more.
 */
export interface Coordinator {
  start(): Promise<void>;
  /** Ends presence, so that the others need not wait for it to run out. */
  stop(): Promise<void>;
  view(): CoordinatorView;
  /**
   * Until when, on the clock that this was made with, nobody may take this node's slice because it is present:
   * milliseconds. Infinity where nobody takes a slice without the operator's word.
   */
  leasedUntilMs(): number;
  /** Calls back after every change of the view. */
  onChange(callback: () => void): void;
  /** The revision of the configuration that this node works by, for all to see. */
  tell(revision: string): void;
  /** @param heard whether this node hears the slice's node: then it is refused whatever the store says */
  takeSlice(slot: number, reachable: boolean): Promise<Answer>;
  handBack(slot: number): Promise<Answer>;
  /** One node drains at a time. @param force another one's lock is taken away */
  lockDrain(force: boolean): Promise<Answer>;
  unlockDrain(): Promise<Answer>;
  /** From now on as if the store could not be reached, or again as it is; absent: there is no store. For drills. */
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
  /** The view is fresh. A `static` one always is. */
  readonly reachable: boolean;
  /** What is not possible now, one sentence; empty: nothing. */
  readonly suspended: string;
  /** Nodes that are present, by slot; undefined: this backend cannot know. */
  readonly members: readonly Member[] | undefined;
  /** Slices that a node other than their own works in. */
  readonly slices: readonly { readonly slot: number; readonly by: number }[];
  /** The slot of the node that drains. */
  readonly draining: number | undefined;
}

/** The node that a coordinator speaks for. */
export interface Self {
  readonly cluster: string;
  readonly slot: number;
  readonly name: string;
}
