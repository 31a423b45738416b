import { join } from 'node:path';

/** The files of one node. The run directory is lost at a reboot, the state directory should not be. */
export class StatePaths {
  readonly runDirectory: string;
  readonly lock: string;
  /** The control socket with full access. */
  readonly socket: string;
  /** The control socket with read access. */
  readonly readSocket: string;
  /** Present while the node is drained. */
  readonly drain: string;
  /** Present while the node is paused. */
  readonly pause: string;
  readonly epoch: string;
  /** Present while an agent runs, and after one that was not stopped. */
  readonly run: string;
  readonly events: string;
  /** The directory of the NAT log for sinks without their own. */
  readonly natLog: string;
  /** The history of the status page. */
  readonly history: string;
  /** Times of the last proven withdrawal from each upstream. */
  readonly proofs: string;
  readonly #stateDirectory: string;
  readonly #node: string;

  constructor(node: string, runDirectory: string, stateDirectory: string) {
    this.#stateDirectory = stateDirectory;
    this.#node = node;
    this.runDirectory = runDirectory;
    this.lock = join(runDirectory, `${node}.lock`);
    this.socket = join(runDirectory, `${node}.sock`);
    this.readSocket = join(runDirectory, `${node}.look`);
    this.drain = join(stateDirectory, `${node}.drain`);
    this.pause = join(stateDirectory, `${node}.pause`);
    this.epoch = join(stateDirectory, `${node}.epoch`);
    this.run = join(stateDirectory, `${node}.run`);
    this.events = join(stateDirectory, `${node}.events`);
    this.history = join(stateDirectory, `${node}.history`);
    this.proofs = join(stateDirectory, `${node}.withdrawals`);
    this.natLog = join(stateDirectory, `${node}.nat-log.d`);
  }

  /** Exists between two incarnations of a node that retains its tables. */
  table(instance: string): string {
    return join(this.#stateDirectory, `${this.#node}.${instance}.table`);
  }
}
