import { describe, expect, it } from 'vitest';
import { IsthmusCommand } from '../../../src/cli/usage.ts';
import { registerLabCommand } from '../../../src/lab/lab-command.ts';
import { sectionsOf } from '../cli/command-sections.ts';

/** `npm run docs` writes the page anew. */
function labPage(): string {
  const program = new IsthmusCommand('isthmus').helpCommand(false);
  registerLabCommand(program);
  return `# Command line of the lab

These commands are there in a checkout only (\`node dist/main.js lab …\`, \`npm run lab -- …\`), not in a package, and need root. [drills.md](drills.md)
describes how to use a lab that stays. \`npm run docs\` writes this page from the commands themselves; a test keeps it equal.

A lab of \`lab up\` has a folder \`/run/isthmus-lab/NAME\`, which \`lab down\` removes: \`log\` is what its holder writes, \`gw1.log\`, \`gw2.log\` …
are the logs of its agents from their first line on. At 1 MiB a log is renamed to \`gw1.log.1\`, replacing the previous one, and a new one is started.

${sectionsOf(program).join('\n')}`;
}

describe('the command line of the lab', () => {
  it('is that of docs/lab.md', async () => {
    await expect(labPage()).toMatchFileSnapshot('../../../docs/lab.md');
  });
});
