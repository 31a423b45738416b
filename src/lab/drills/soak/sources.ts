import { TrafficProgram } from '../../traffic/traffic.ts';
import { openFlood } from '../hostile/floods.ts';
import { openEpochs } from '../hostile/replication-attacks.ts';
import { type HostileStage, LARGE_POOL4 } from '../hostile/stage.ts';
import { HTTP_HOST, HTTP_PORT } from '../hostile/misfortunes.ts';

/** A prepared flood, and its rate. */
export interface Source {
  readonly name: string;
  readonly program: TrafficProgram;
  readonly perSecond: number;
}

const POOL_ADDRESS = LARGE_POOL4.replace('.0/28', '.1');

/** Opens the sources of all floods. */
export async function openSources(stage: HostileStage): Promise<Source[]> {
  const nobody = { address: '64:ff9b::11.5.0.80', port: 9 };
  const mapped = (await stage.one.bib()).find(({ protocol }) => protocol === 'udp');
  const port = { address: mapped?.pool4 ?? POOL_ADDRESS, port: mapped?.pool4Port ?? 9 };
  const floods = [
    ['networks', 60_000, nobody],
    ['syn', 40_000, nobody],
    ['one-64', 60_000, nobody],
    ['one-48', 60_000, nobody],
    ['expired', 3_000, nobody],
    ['strangers', 20_000, port],
    ['fragments', 5_000, { address: POOL_ADDRESS, port: 9 }],
  ] as const;
  const sources: Source[] = [];
  for (const [name, perSecond, target] of floods) {
    sources.push({ name, perSecond, program: await openFlood(stage, name, target) });
  }
  const http = new TrafficProgram(stage.one.machine, 'pipeline', [HTTP_HOST, HTTP_PORT, '0', '3000']);
  await http.next('ready', 30_000);
  return [
    ...sources,
    { name: 'invented epochs', perSecond: 20_000, program: await openEpochs(stage) },
    { name: 'http pipelined (connections)', perSecond: 40, program: http },
  ];
}
