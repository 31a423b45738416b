import { Command, type ErrorOptions, type HelpContext } from 'commander';
import { EXIT_USAGE } from './exit-status.ts';

/** A command with this project's rules for wrong usage: one line on standard error, and exit status 2. */
export class IsthmusCommand extends Command {
  constructor(name?: string) {
    super(name);
    // Options after the name of a subcommand belong to the subcommand, also where its parent has one of that name.
    this.enablePositionalOptions();
    // Commander exits with 1 on wrong usage. Help and version exit with 0.
    this.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_USAGE));
  }

  override createCommand(name?: string): IsthmusCommand {
    return new IsthmusCommand(name);
  }

  override error(message: string, options?: ErrorOptions): never {
    super.error(`${message.trim().replaceAll(/\s*\n\s*/g, ' ')}; see ${pathOf(this)} --help`, options);
  }

  /** Commander prints the whole help where a subcommand is missing; only the bare name of the program still does. */
  override help(context?: HelpContext | ((text: string) => string)): never {
    const shown = typeof context === 'object' ? context : { error: false };
    if (!shown.error || (this.parent === null && this.args.length === 0)) super.help(shown);
    const names = this.createHelp()
      .visibleCommands(this)
      .map((command) => command.name())
      .filter((name) => name !== 'help');
    this.error(`error: ${pathOf(this)} needs a command: ${names.join(', ')}`);
  }
}

/** `isthmus config check`. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
