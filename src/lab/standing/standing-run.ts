import { formatTable, formatTime, paintFor } from '../../cli/table.ts';
import { EXIT_OK, whyNoLab } from '../lab-run.ts';
import { ROUTERS } from '../topology/bgp-routing.ts';
import { TOPOLOGIES } from '../topology/replication-links.ts';
import { enterLab } from './enter-lab.ts';
import {
  folderOf,
  isHeld,
  LAB_HTTP,
  labNames,
  LabError,
  type LabShape,
  readRecord,
  standingLab,
} from './lab-record.ts';
import { raiseLab } from './raise-lab.ts';
import { takeDown } from './take-down.ts';

export interface UpOptions {
  readonly nodes: string;
  readonly topology: string;
  readonly router: string;
  readonly name: string;
}

const NODES = { least: 2, most: 8 };

export async function runUp(options: UpOptions): Promise<number> {
  return orFailure(async () => {
    const shape = shapeOf(options);
    const reason = whyNoLab();
    if (reason !== undefined) throw new LabError(reason);
    const stopped = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopped.abort());
    const { name, operatorNode, machines } = await raiseLab(shape, stopped.signal, (line) => console.log(`  ${line}`));
    const named = name === DEFAULT_NAME ? '' : ` --name ${name}`;
    console.log(`Lab "${name}" is up: ${Object.keys(machines).join(', ')}
  isthmus lab shell${named} ${operatorNode} -- isthmus drill run --all
  isthmus lab shell${named} gw1
  isthmus lab shell${named} gw1 -- chromium --no-sandbox http://${LAB_HTTP}/
  isthmus lab down${named}
Logs of the agents: ${folderOf(name)}/gw1.log ...`);
    return EXIT_OK;
  });
}

export async function runShell(machine: string, command: readonly string[], name: string): Promise<number> {
  return orFailure(async () => enterLab(await standingLab(checkedName(name)), machine, command));
}

export async function runDown(name: string): Promise<number> {
  return orFailure(async () => {
    if (!(await labNames()).includes(checkedName(name))) await standingLab(name);
    const { held, left } = await takeDown(name);
    const how = held ? '' : '; its holder had ended before';
    const rest = left === 0 ? '' : `; ${left} processes that had outlived it were ended`;
    console.log(`Lab "${name}" is gone${how}${rest}`);
    return EXIT_OK;
  });
}

export async function runLabList(json: boolean): Promise<void> {
  const records = await Promise.all((await labNames()).map(readRecord));
  const labs = records
    .filter((one) => one !== undefined)
    .map(({ name, nodes, topology, router, begun, pid, startTime, state, machines }) => ({
      name,
      state: isHeld({ pid, startTime }) ? state : ('gone' as const),
      nodes,
      topology,
      router,
      begun,
      machines: Object.keys(machines),
    }));
  if (json) {
    console.log(JSON.stringify(labs, null, 2));
    return;
  }
  const columns = ['NAME', 'STATE', 'NODES', 'TOPOLOGY', 'ROUTER', 'SINCE'].map((title) => ({ title }));
  const rows = labs.map(({ name, state, nodes, topology, router, begun }) => [
    { text: name },
    { text: state, style: state === 'gone' ? ('bad' as const) : ('plain' as const) },
    { text: String(nodes) },
    { text: topology },
    { text: router },
    { text: formatTime(begun) },
  ]);
  console.log(formatTable(columns, rows, paintFor(process.stdout)).join('\n'));
}

export const DEFAULT_NAME = 'lab';

/** @throws LabError with the remedy */
function shapeOf({ nodes: text, topology: asked, router: program, name }: UpOptions): LabShape {
  const nodes = Number(text);
  if (!Number.isInteger(nodes) || nodes < NODES.least || nodes > NODES.most)
    throw new LabError(`--nodes ${text}: a number from ${NODES.least} to ${NODES.most}`);
  const topology = TOPOLOGIES.find((one) => one === asked);
  if (topology === undefined) throw new LabError(`--topology ${asked}: one of ${TOPOLOGIES.join(', ')}`);
  const router = ROUTERS.find((one) => one === program);
  if (router === undefined) throw new LabError(`--router ${program}: one of ${ROUTERS.join(', ')}`);
  return { name: checkedName(name), nodes, topology, router };
}

/** @throws LabError */
function checkedName(name: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) return name;
  throw new LabError(`--name ${name}: at most 32 lower-case letters, digits and hyphens`);
}

async function orFailure(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    console.error(`isthmus: ${error.message}`);
    return error.exitStatus;
  }
}
