import { BoundedLog } from './bounded-log.ts';
import { agentLogOf } from './lab-record.ts';

/** Size limit of one agent's log; the previous file is kept too. Eight agents have 16 MiB at most. */
const AGENT_LOG_BYTES = 1024 * 1024;

/** The log of each agent, in the folder of the lab. */
export class AgentLogs {
  readonly #name: string;
  readonly #logs = new Map<string, BoundedLog>();

  constructor(name: string) {
    this.#name = name;
  }

  write(node: string, line: string): void {
    const log = this.#logs.get(node) ?? this.#open(node);
    log.write(line);
  }

  #open(node: string): BoundedLog {
    const file = agentLogOf(this.#name, node);
    const log = new BoundedLog(file, AGENT_LOG_BYTES, (reason) => console.log(`${file} lacks lines: ${reason}`));
    this.#logs.set(node, log);
    return log;
  }
}
