import { readFile, rename, writeFile } from 'node:fs/promises';
import { endWithWorlds, EXIT_FAILED, EXIT_OK, EXIT_USAGE, whyNoLab } from '../../lab-run.ts';
import { Screen } from '../../screen.ts';
import { checkFlows, streamed } from '../../traffic/traffic.ts';
import { pause } from '../../world/wait.ts';
import type { Attack } from './attack.ts';
import { FLOOD_ATTACKS } from './floods.ts';
import { killAttack } from './kills.ts';
import { MISFORTUNES } from './misfortunes.ts';
import { REPLICATION_ATTACKS } from './replication-attacks.ts';
import { type HostileRow, judge, readRows, sameRun, type Setting } from './result.ts';
import { type HostileStage, openHostileStage } from './stage.ts';
import { STARTS } from './starts.ts';
import { SURROUNDINGS } from './surroundings.ts';

export interface HostileOptions {
  readonly json?: string;
  /** Keep the rows of the file: an interrupted run continues with the attacks without a row. */
  readonly append?: true;
  /** Names of attacks, separated by commas. */
  readonly only?: string;
  readonly nodes: string;
  readonly fastPath?: true;
  readonly hog?: true;
  /** Number of kills. */
  readonly kills: string;
}

/** Time after an attack for delayed failures. */
const AFTER_MS = 1_500;
const ANSWER_MS = 15_000;

/** Runs the attacks on gateways, in a new lab each, and returns the exit status. */
export async function runHostile(options: HostileOptions): Promise<number> {
  const [nodes, kills] = [Number(options.nodes), Number(options.kills)];
  const attacks = [
    ...FLOOD_ATTACKS,
    ...REPLICATION_ATTACKS,
    ...MISFORTUNES,
    ...SURROUNDINGS,
    ...STARTS,
    killAttack(kills),
  ];
  const wanted = options.only?.split(',');
  const reason = whyNoLab() ?? badNumbers(nodes, kills) ?? unknownName(attacks, wanted);
  if (reason !== undefined) {
    console.error(`isthmus: ${reason}`);
    return EXIT_USAGE;
  }
  endWithWorlds();
  const screen = new Screen();
  const setting: Setting = { nodes, fastPath: options.fastPath === true, hog: options.hog === true };
  let rows = await formerRows(options);
  let without = 0;
  for (const attack of attacks.filter(({ name }) => wanted?.includes(name) ?? true)) {
    const isThis = (row: HostileRow): boolean => sameRun(row, attack.name, setting);
    // A named attack is repeated, and its row replaced.
    const former = rows.find(isThis);
    if (wanted === undefined && former !== undefined) continue;
    screen.step(`${attack.name}: ${attack.done}`);
    const leftOut = await whyLeftOut(attack, setting);
    if (leftOut !== undefined) {
      screen.note(`left out: ${leftOut}`);
      continue;
    }
    try {
      const made = await drill(screen, attack, setting, former);
      const row = former === undefined ? made : (attack.sumUp?.(former, made) ?? made);
      rows = [...rows.filter((other) => !isThis(other)), row];
      show(screen, row);
    } catch (error) {
      without++;
      screen.bad(error instanceof Error ? error.message : String(error));
    }
    if (options.json !== undefined) await storeRows(options.json, rows);
  }
  const failed = rows.filter(({ ok }) => !ok).length;
  screen.line(`\n${rows.length} attacks, ${failed} not as stated, ${without} without a result`);
  return failed + without === 0 ? EXIT_OK : EXIT_FAILED;
}

async function formerRows({ json, append }: HostileOptions): Promise<HostileRow[]> {
  if (json === undefined || append !== true) return [];
  try {
    return readRows(await readFile(json, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []; // the first run creates it
    throw error;
  }
}

/** Written atomically: a run may be interrupted, and continues from the file. */
async function storeRows(json: string, rows: readonly HostileRow[]): Promise<void> {
  const part = `${json}.part`;
  await writeFile(part, `${JSON.stringify(rows, null, 2)}\n`);
  await rename(part, json);
}

async function whyLeftOut(attack: Attack, { nodes }: Setting): Promise<string | undefined> {
  if (attack.onlyTwo === true && nodes !== 2) return 'it is about two nodes';
  return attack.leftOut?.();
}

async function drill(screen: Screen, attack: Attack, setting: Setting, former?: HostileRow): Promise<HostileRow> {
  const stage = await openHostileStage(setting, attack.needs ?? {});
  try {
    const row = await attacked(attack, setting, stage, former);
    if (!row.ok) screen.quote([...stage.withdrawals.reasons].join('\n'));
    return row;
  } catch (error) {
    const tails = stage.site.world.tails(10, 'agent');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${tails}`, { cause: error });
  } finally {
    await stage.site.world.close();
  }
}

async function attacked(
  attack: Attack,
  setting: Setting,
  stage: HostileStage,
  former: HostileRow | undefined,
): Promise<HostileRow> {
  stage.stream.send('mark');
  await pause(100);
  const { found, asStated } = await attack.make(stage, former);
  await pause(AFTER_MS);
  const withdrawals = await stage.withdrawals.count(stage.agents);
  const packets = await streamed(stage.stream);
  const flows = await checkFlows(stage.quiet, ANSWER_MS);
  return judge(attack.name, setting, attack.allowed, {
    withdrawals,
    brokenTcp: packets.tcpBroken + flows.tcpBroken,
    sessions: { alive: flows.tcp + flows.udp, total: flows.tcpTotal + flows.udpTotal },
    stallMs: packets.outageMs,
    found,
    asStated,
  });
}

function show(screen: Screen, row: HostileRow): void {
  const { withdrawals, brokenTcp, stallMs, lostSessions, found } = row;
  const text = `${withdrawals} withdrawals, ${brokenTcp} TCP broken, ${lostSessions} sessions lost, stall ${stallMs} ms`;
  if (row.ok) screen.good(`${text}; ${found}`);
  else screen.bad(`${text}; ${found}`);
}

function unknownName(attacks: readonly Attack[], wanted: readonly string[] | undefined): string | undefined {
  const unknown = wanted?.find((name) => attacks.every((attack) => attack.name !== name));
  const names = attacks.map(({ name }) => name).join(', ');
  return unknown === undefined ? undefined : `there is no attack "${unknown}"; there are ${names}`;
}

function badNumbers(nodes: number, kills: number): string | undefined {
  if (!(Number.isInteger(nodes) && nodes >= 2 && nodes <= 4)) return 'an attack meets 2 to 4 nodes';
  if (!(Number.isInteger(kills) && kills >= 1 && kills <= 10_000)) return '1 to 10000 kills';
  return undefined;
}
