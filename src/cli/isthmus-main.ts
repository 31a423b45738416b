// The installed program: without the lab, which needs a checkout.
import { runCommandLine } from './command-line.ts';
import { buildProgram } from './program.ts';

await runCommandLine(buildProgram());
