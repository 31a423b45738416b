import { BpfError, BpfMap, loadProgram } from './bpf.ts';
import { Assembler } from './bpf-assembler.ts';
import { libc, SystemCallError } from './libc.ts';

/**
 * Creates a map and loads a trivial program, as a test of what the data plane needs, and removes both.
 * @returns the error of the kernel; undefined: none
 */
export function bpfRefusal(): string | undefined {
  const name = 'isthmus_trial';
  const program = new Assembler();
  program.compute('mov', 'r0', 0);
  program.exit();
  try {
    BpfMap.create({ type: 'hash', keySize: 4, valueSize: 4, entries: 1, name }).close();
    libc.close(loadProgram('traffic', program.assemble(), 'Apache-2.0', name));
    return undefined;
  } catch (error) {
    if (error instanceof SystemCallError || error instanceof BpfError) return error.message;
    throw error;
  }
}
