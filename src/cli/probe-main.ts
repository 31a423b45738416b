import { Command } from 'commander';
import { describeVersion } from '../agent/status/software-version.ts';
import { runCommandLine } from './command-line.ts';
import { addProbeCommands } from './probe-command.ts';
import { exitWithUsage } from './usage.ts';

// The probe alone, for hosts that are no nodes: package isthmus-probe.
const program = new Command('isthmus-probe')
  .description('Steady traffic that shows what a drill of Isthmus costs users')
  .version(describeVersion(), '-V, --version', 'print version, build and commit')
  .showHelpAfterError('(isthmus-probe COMMAND --help shows more)');
addProbeCommands(program);
exitWithUsage(program);
await runCommandLine(program);
