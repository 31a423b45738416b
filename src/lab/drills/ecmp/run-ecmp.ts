import { writeFile } from 'node:fs/promises';
import { endWithWorlds, EXIT_FAILED, EXIT_OK, EXIT_USAGE, whyNoLab } from '../../lab-run.ts';
import { Screen } from '../../screen.ts';
import { buildSite } from '../../topology/site.ts';
import { Ecmp } from './ecmp.ts';
import { type EcmpResult, passed } from './result.ts';

export interface EcmpOptions {
  readonly nodes: string;
  readonly json?: string;
}

/** Runs the drill with each number of gateways and returns the exit status. */
export async function runEcmp(options: EcmpOptions): Promise<number> {
  const counts = options.nodes.split(',').map(Number);
  const right = counts.every((count) => Number.isInteger(count) && count >= 2 && count <= 8);
  const reason = whyNoLab() ?? (right ? undefined : 'a drill has 2 to 8 gateways');
  if (reason !== undefined) {
    console.error(`isthmus: ${reason}`);
    return EXIT_USAGE;
  }
  endWithWorlds();
  const screen = new Screen();
  const results: EcmpResult[] = [];
  for (const count of counts) {
    const result = await runWith(count, screen);
    if (result === undefined) return EXIT_FAILED;
    results.push(result);
    show(screen, result);
  }
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`);
  return results.every(passed) ? EXIT_OK : EXIT_FAILED;
}

async function runWith(gateways: number, screen: Screen): Promise<EcmpResult | undefined> {
  const site = await buildSite({ gateways, mode: 'ecmp' });
  try {
    return await new Ecmp(screen, site).run();
  } catch (error) {
    screen.bad(`step ${screen.current}: ${error instanceof Error ? error.message : String(error)}`);
    screen.quote(site.world.tails(15, 'agent'));
    return undefined;
  } finally {
    await site.world.close();
  }
}

function show(screen: Screen, result: EcmpResult): void {
  const { brokenTcp, tcp, short, shortFailed, shortLate, shares, waited, waitedInVain } = result;
  screen.table([
    { name: 'established TCP connections broken', value: `${brokenTcp} of ${tcp}`, ok: brokenTcp === 0 },
    { name: 'UDP flows silent at the end', value: String(result.silentUdp), ok: result.silentUdp === 0 },
    {
      name: 'ports given to two clients',
      value: String(result.doubleAllocations),
      ok: result.doubleAllocations === 0,
    },
    { name: 'digests equal at the end', value: result.digestsEqual ? 'yes' : 'no', ok: result.digestsEqual },
    { name: 'shares of the packets from the IPv4 side', value: shares.map((share) => `${share} %`).join(', ') },
    { name: 'early answers that waited, of these in vain', value: `${waited}, ${waitedInVain}` },
    { name: 'short connections, late, failed', value: `${short}, ${shortLate}, ${shortFailed}` },
    {
      name: 'outage: added, killed, drained',
      value: `${result.addOutageMs}, ${result.killOutageMs}, ${result.drainOutageMs} ms`,
    },
  ]);
}
