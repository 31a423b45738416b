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
    const line = withSuggestion(message.trim().replaceAll(/\s*\n\s*/g, ' '));
    super.error(`${line}; see ${pathOf(this)} --help`, options);
  }

  /** With `--help` Commander ignores a command that does not exist, and would print the help of the group. */
  override outputHelp(context?: HelpContext | ((text: string) => string)): void {
    const [word = ''] = this.args;
    const known = this.createHelp().visibleCommands(this);
    const takesWords = known.length === 0 || this.registeredArguments.length > 0;
    if (takesWords || word === '' || word.startsWith('-') || known.some((command) => command.name() === word))
      super.outputHelp(typeof context === 'object' ? context : undefined);
    else this.#refuse(word);
  }

  /** Commander prints the whole help where a subcommand is missing; only the bare name of the program still does. */
  override help(context?: HelpContext | ((text: string) => string)): never {
    const shown = typeof context === 'object' ? context : { error: false };
    const [first, unknown = ''] = this.args;
    if (shown.error && first === HELP && unknown !== '') this.#refuse(unknown);
    // Of `isthmus help config check` Commander asks `config` for its help, which is to be that of `check`.
    const [asked, , ...words] = this.parent?.args ?? [];
    if (asked === HELP) this.#below(words.filter((word) => !word.startsWith('-'))).#print(shown);
    if (!shown.error || (this.parent === null && this.args.length === 0)) this.#print(shown);
    const names = this.#names().filter((name) => name !== HELP);
    this.error(`error: ${pathOf(this)} needs a command: ${names.join(', ')}`);
  }

  #print(context: HelpContext): never {
    return super.help(context);
  }

  #names(): string[] {
    return this.createHelp()
      .visibleCommands(this)
      .map((command) => command.name());
  }

  /** The command with these names, one below the other. */
  #below([word, ...rest]: readonly string[]): IsthmusCommand {
    if (word === undefined) return this;
    const found = this.commands.find((command) => command.name() === word);
    return found instanceof IsthmusCommand ? found.#below(rest) : this.#refuse(word);
  }

  #refuse(word: string): never {
    this.error(`error: unknown command '${word}'${similarTo(word, this.#names())}`);
  }
}

/** The command that Commander adds to each group. */
const HELP = 'help';

/** `isthmus config check`. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** Commander suggests nothing for a value that is not one of the allowed choices. */
function withSuggestion(message: string): string {
  const [, word = '', choices = ''] = /value '(.*)' is invalid .*Allowed choices are (.*?)\.$/.exec(message) ?? [];
  return `${message}${similarTo(word, choices.split(', '))}`;
}

/** " (Did you mean clients?)" for `client`; empty where nothing is similar. */
function similarTo(word: string, names: readonly string[]): string {
  const near = word.length < 2 ? [] : names.filter((name) => name.startsWith(word) || editDistance(word, name) <= 2);
  if (near.length === 0) return '';
  return near.length === 1 ? ` (Did you mean ${near.join('')}?)` : ` (Did you mean one of ${near.join(', ')}?)`;
}

/** Characters to insert, remove or replace (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of one.split('').entries()) {
    const next = [index + 1];
    for (const [at, its] of other.split('').entries()) {
      const replaced = (row[at] ?? 0) + (letter === its ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
