import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import { registerLabCommand } from '../../../src/lab/lab-command.ts';

const WIDTH = 120;

/** `npm run docs` writes the page anew. */
function cliPage(): string {
  const program = buildProgram();
  registerLabCommand(program);
  const sections = leaves(program).map((command) => `## ${nameOf(command)}\n\n\`\`\`\n${helpOf(command)}\n\`\`\`\n`);
  return `# Command line

Every command with output takes \`--json\`. Exit status 0: done or healthy; 1: failed or degraded; 2: wrong usage, configuration error, or (\`status\`) not
serving. \`npm run docs\` writes this page from the commands themselves; a test keeps it equal.

\`isthmus lab\` is there in a checkout only (\`node dist/main.js lab\`, \`npm run lab --\`), not in a package.

${sections.join('\n')}`;
}

function leaves(command: Command): Command[] {
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
  command.configureHelp({ helpWidth: WIDTH });
  return command.helpInformation().trimEnd();
}

describe('the command line', () => {
  it('is that of docs/cli.md', async () => {
    await expect(cliPage()).toMatchFileSnapshot('../../../docs/cli.md');
  });

  it('has --json on everything that shows something', () => {
    const silent = new Set(['agent']);
    const showing = leaves(buildProgram()).filter((one) => one.commands.length === 0 && !silent.has(one.name()));
    for (const command of showing) {
      if (['lab', 'config', 'drill', 'probe'].includes(command.parent?.name() ?? '')) continue;
      expect(command.options.map(({ long }) => long)).toContain('--json');
    }
  });
});
