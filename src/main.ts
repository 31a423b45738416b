#!/usr/bin/env node
import { runCommandLine } from './cli/command-line.ts';
import { buildProgram } from './cli/program.ts';
import { registerLabCommand } from './lab/lab-command.ts';

const program = buildProgram();
registerLabCommand(program);
await runCommandLine(program);
