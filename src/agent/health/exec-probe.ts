import { GroupCommand } from '../../linux/group-command.ts';
import type { ProgramStarter } from '../../linux/programs/program.ts';
import type { Probe } from './check.ts';
import type { Finding } from './finding.ts';

/** A configured command: exit status 0 is success. */
export class ExecProbe implements Probe {
  readonly name: string;
  readonly #command: GroupCommand;

  constructor(name: string, argv: readonly string[], timeoutMs: number, programs?: ProgramStarter) {
    this.name = `exec ${name}`;
    this.#command = new GroupCommand(argv, timeoutMs, programs);
  }

  async check(): Promise<Finding> {
    const { succeeded, text } = await this.#command.run();
    return { result: succeeded ? 'ok' : 'failed', text };
  }

  async stop(): Promise<void> {
    this.#command.stop();
  }
}
