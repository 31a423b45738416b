import { join } from 'node:path';

/** The files of one node. The run directory may be lost at a reboot, the state directory should not be. */
export class StatePaths {
  readonly runDirectory: string;
  readonly lock: string;
  /** The control socket, for who may change things. */
  readonly socket: string;
  /** The same for who may only look. */
  readonly readSocket: string;
  /** Present while the node is drained. */
  readonly drain: string;
  /** Present while the node is paused. */
  readonly pause: string;
  readonly epoch: string;
  /** Present while an agent runs, and after one that was not stopped. */
  readonly run: string;
  readonly events: string;
  /** The directory of the NAT log, where a sink does not name another. */
  readonly natLog: string;
  /** What the status page plots. */
  readonly history: string;
  /** When a withdrawal from each upstream was last proven. */
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

  /** Present between two incarnations of a node that keeps its tables. */
  table(instance: string): string {
    return join(this.#stateDirectory, `${this.#node}.${instance}.table`);
  }
}
