#!/usr/bin/env node
import { EXIT_FAILED } from './cli/exit-status.ts';
import { buildProgram } from './cli/program.ts';
import { registerLabCommand } from './lab/lab-command.ts';

try {
  const program = buildProgram();
  registerLabCommand(program);
  await program.parseAsync();
} catch (error) {
  // What reaches this place is a fault of the program and not of its input: the stack says where.
  console.error(error);
  process.exitCode = EXIT_FAILED;
}
