/*
 * Holds a standing lab: every process of it descends from this one and ends with it, for any reason (world.ts). Started
 * by `isthmus lab up` in a session of its own, ended by `isthmus lab down` with SIGTERM.
 */
import { startTimeOf } from '../../frr/guard/process-identity.ts';
import { type DrillLab, openDrillLab } from '../drills/shipped/drill-lab.ts';
import { ISTHMUS } from '../programs.ts';
import { World } from '../world/world.ts';
import { AgentLogs } from './agent-logs.ts';
import { LAB_HTTP, LAB_IDENTITY, readRecord, writeRecord } from './lab-record.ts';

/** The program `isthmus` on every machine of the lab. */
const PROGRAM = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(ISTHMUS)} "$@"\n`;

process.title = 'isthmus-lab';
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void World.closeAll().finally(() => process.exit(0)));
}
// Independent of the terminal and session of the command that started it.
process.on('SIGHUP', () => undefined);

await hold(process.argv[2] ?? '');

async function hold(name: string): Promise<void> {
  const asked = await readRecord(name);
  if (asked === undefined || asked.id !== process.env[LAB_IDENTITY])
    throw new Error(`there is no record of lab ${name}`);
  const record = { ...asked, pid: process.pid, startTime: startTimeOf(process.pid) ?? '' };
  await writeRecord(record);
  const logs = new AgentLogs(name);
  const onAgentLine = (node: string, line: string): void => logs.write(node, line);
  const lab = await openDrillLab({ ...record, http: LAB_HTTP, onAgentLine }, (text) => console.log(text));
  await installProgram(lab);
  const machines = Object.fromEntries([...lab.site.world.machines].map(([machine, { pid }]) => [machine, pid]));
  const { operatorNode, probeAt, detectionMs } = lab;
  await writeRecord({ ...record, state: 'up', machines, operatorNode, probeAt, detectionMs });
  console.log('up');
}

async function installProgram({ site }: DrillLab): Promise<void> {
  for (const machine of site.world.machines.values()) await machine.writeFile('/run/lab/bin/isthmus', PROGRAM, 0o755);
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
