import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { readNodeConfig } from '../agent/config/node-config.ts';
import { AgentNotRunningError, AgentRefusedError, ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import { examinersFor } from '../agent/doctor/checks.ts';
import { examineAll } from '../agent/doctor/examination.ts';
import { type Repair, repairAll } from '../agent/doctor/repair.ts';
import { systemMachine } from '../agent/doctor/system-machine.ts';
import { StatePaths } from '../agent/files/state-paths.ts';
import { loadClusterFile } from '../cluster/cluster-file.ts';
import { ConfigError } from '../cluster/config-error.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { localSocket, withAgent } from './control-connection.ts';
import { doctorReport, doctorSummary } from './doctor-report.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from './exit-status.ts';
import { printFailure } from './failure.ts';
import { paintFor } from './table.ts';

export interface DoctorOptions extends ConnectionOptions {
  readonly config?: string;
  readonly stateDir?: string;
  readonly through?: string;
  readonly dns64?: string;
  readonly withdrawal?: string;
  readonly fix?: true;
  readonly json?: true;
}

/** Where the packaged unit has the cluster file. */
const DEFAULT_FILE = '/etc/isthmus/cluster.yaml';

/** An agent that hangs must not hold up its examination. */
const ASKING_MS = 2000;

/** The cluster file of the agent that runs here; undefined: none does, or it does not say. */
async function fileOfAgent({ node, runDir }: Pick<DoctorOptions, 'node' | 'runDir'>): Promise<string | undefined> {
  let client: ControlClient | undefined;
  try {
    client = new ControlClient(localSocket({ runDir, ...(node === undefined ? {} : { node }) }));
    const { file } = await client.call(CONTROL.getConfiguration, {}, ASKING_MS);
    return file === '' ? undefined : file;
  } catch (error) {
    // An examination is wanted most where the agent does not run, or answers nothing.
    if (error instanceof AgentNotRunningError || error instanceof AgentRefusedError) return undefined;
    throw error;
  } finally {
    client?.close();
  }
}

/** State directory of the packaged unit. */
const STATE_DIRECTORY = '/var/lib/isthmus';

/** Time for counting, the detection time of the slowest router, and announcing again. */
const WITHDRAWAL_DEADLINE_MS = 60_000;

/** A test with temporary changes, therefore run alone. */
async function testWithdrawal(upstream: string, options: DoctorOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const reply = await client.call(CONTROL.testWithdrawal, { upstream }, WITHDRAWAL_DEADLINE_MS);
    if (options.json === true) console.log(JSON.stringify(reply));
    else (reply.done ? console.log : console.error)(reply.text);
    process.exitCode = reply.done ? EXIT_OK : EXIT_FAILED;
  });
}

export async function runDoctor(options: DoctorOptions): Promise<void> {
  if (options.withdrawal !== undefined) {
    await testWithdrawal(options.withdrawal, options);
    return;
  }
  try {
    process.exitCode = await examineHere(options);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (options.json === true) {
      console.log(JSON.stringify({ ok: false, code: error.code, mistakes: error.mistakes }));
    } else console.error(error.message);
    process.exitCode = EXIT_USAGE;
  }
  // A command that hangs in the kernel must not block this one: the output is flushed, then the process ends.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  process.exit();
}

/** @returns the exit status @throws ConfigError */
async function examineHere({ config: named, json, runDir, stateDir, ...options }: DoctorOptions): Promise<number> {
  const file = named ?? (await fileOfAgent({ runDir, ...options })) ?? DEFAULT_FILE;
  const { nodes } = await loadClusterFile(file);
  const node = options.node ?? nodeHere(Object.keys(nodes), runDir);
  if (node === undefined) {
    const message = `which node is this machine? Give --node; ${file} has ${Object.keys(nodes).join(', ')}`;
    printFailure({ code: 'request-invalid', message }, EXIT_USAGE, json === true);
    return EXIT_USAGE;
  }
  const config = await readNodeConfig(file, node);
  const machine = systemMachine(new StatePaths(node, runDir, runDir).socket);
  const stateDirectory = [stateDir, STATE_DIRECTORY, runDir].find((path) => path && existsSync(path)) ?? '/';
  const { through, dns64 } = options;
  const examine = async () => examineAll(examinersFor({ config, stateDirectory, through, dns64 }, machine));
  let examination = await examine();
  let repairs: Repair[] = [];
  if (options.fix === true) {
    repairs = await repairAll(examination.findings, machine.run);
    if (repairs.length > 0) examination = await examine();
  }
  const result = { node, examination, repairs };
  console.log(
    json === true ? JSON.stringify(doctorSummary(result), null, 2) : doctorReport(result, paintFor(process.stdout)),
  );
  return examination.findings.length === 0 ? EXIT_OK : EXIT_FAILED;
}

/** The node whose agent runs here, or named like the machine, or the only one. */
function nodeHere(names: readonly string[], runDir: string): string | undefined {
  const running = names.filter((name) => existsSync(new StatePaths(name, runDir, runDir).socket));
  if (running.length === 1) return running[0];
  const [short] = hostname().split('.');
  return names.find((name) => name === short) ?? (names.length === 1 ? names[0] : undefined);
}
