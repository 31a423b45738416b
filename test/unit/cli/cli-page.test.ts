import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import { leaves, sectionsOf } from './command-sections.ts';

/** `npm run docs` writes the page anew. */
function cliPage(): string {
  const sections = sectionsOf(buildProgram());
  return `# Command line

Every command with output takes \`--json\`. Exit status 0: done or healthy; 1: failed or degraded; 2: wrong usage, configuration error, or (\`status\`) not
serving. \`npm run docs\` writes this page from the commands themselves; a test keeps it equal.

${sections.join('\n')}`;
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
