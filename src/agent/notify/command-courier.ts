import type { Code } from '../../codes.ts';
import { GroupCommand } from '../../linux/group-command.ts';
import type { ProgramStarter } from '../../linux/programs/program.ts';
import type { Courier } from './courier.ts';

/** A target could not be notified. */
export class NotifyError extends Error {
  override readonly name = 'NotifyError';
  readonly code: Code = 'notify-failing';
}

/** Runs a command with the event on its standard input. */
export class CommandCourier implements Courier {
  readonly #command: GroupCommand;

  constructor(argv: readonly string[], timeoutMs: number, programs?: ProgramStarter) {
    this.#command = new GroupCommand(argv, timeoutMs, programs);
  }

  async tell(body: string): Promise<void> {
    const { succeeded, text } = await this.#command.run(`${body}\n`);
    if (!succeeded) throw new NotifyError(text);
  }

  stop(): void {
    this.#command.stop();
  }
}
