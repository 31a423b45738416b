import type { Command, Option } from 'commander';

/** Possible values of an option or argument, for completion. */
export type ValueKind =
  | 'none'
  | 'file'
  | 'folder'
  | 'node'
  | 'instance'
  | 'text'
  | { readonly words: readonly string[] };

export interface OptionFacts {
  /** `--node`; the short form if there is no long one. */
  readonly flag: string;
  readonly description: string;
  readonly value: ValueKind;
}

export interface CommandFacts {
  /** `['config', 'check']`. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly OptionFacts[];
  readonly arguments: readonly ValueKind[];
  readonly commands: readonly CommandFacts[];
}

/** The command line as data: manual pages and completion come from the commands themselves, as docs/cli.md does. */
export function commandTree(command: Command, path: readonly string[] = []): CommandFacts {
  const shown = command.createHelp().visibleOptions(command);
  return {
    path,
    description: command.description(),
    options: shown.map(optionFacts),
    arguments: command.registeredArguments.map((one) => valueKind(one.name(), one.argChoices)),
    commands: command
      .createHelp()
      .visibleCommands(command)
      .filter((child) => child.name() !== 'help')
      .map((child) => commandTree(child, [...path, child.name()])),
  };
}

/** A command and all below it. */
export function everyCommand(command: CommandFacts): CommandFacts[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function optionFacts(option: Option): OptionFacts {
  const flag = option.long ?? option.short ?? '';
  const word = /[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1];
  if (word === undefined) return { flag, description: option.description, value: 'none' };
  const kind = flag === '--instance' ? 'instance' : flag === '--node' || flag === '--owner' ? 'node' : undefined;
  return { flag, description: option.description, value: kind ?? valueKind(word, option.argChoices) };
}

function valueKind(word: string, choices: readonly string[] | undefined): ValueKind {
  if (choices !== undefined) return { words: choices };
  if (word === 'dir') return 'folder';
  return ['file', 'old', 'new'].includes(word) ? 'file' : 'text';
}
