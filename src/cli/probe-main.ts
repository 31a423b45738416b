import { describeVersion } from '../agent/status/software-version.ts';
import { runCommandLine } from './command-line.ts';
import { addProbeCommands } from './probe-command.ts';
import { IsthmusCommand } from './usage.ts';

// The probe as a separate program, for hosts that are not nodes: package isthmus-probe.
const program = new IsthmusCommand('isthmus-probe')
  .description('Steady traffic that shows what a drill of Isthmus costs users')
  .version(describeVersion(), '-V, --version', 'print version, build and commit');
addProbeCommands(program);
await runCommandLine(program);
