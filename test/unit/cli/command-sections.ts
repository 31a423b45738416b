import type { Command } from 'commander';

const WIDTH = 120;

/** A section for each command of a program, with what it says of itself. */
export function sectionsOf(program: Command): string[] {
  return leaves(program).map((command) => `## ${nameOf(command)}\n\n\`\`\`\n${helpOf(command)}\n\`\`\`\n`);
}

/** Every command below a program, groups too. */
export function leaves(command: Command): Command[] {
  const shown = command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== 'help');
  return shown.flatMap((child) => [child].concat(leaves(child)));
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function helpOf(command: Command): string {
  let text = '';
  // With what is added behind the options: exit statuses, columns.
  command.configureHelp({ helpWidth: WIDTH }).configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text.trimEnd();
}
