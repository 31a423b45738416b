import { writeFile } from 'node:fs/promises';
import { endWithWorlds, EXIT_FAILED, EXIT_OK, EXIT_USAGE, whyNoLab } from '../../lab-run.ts';
import { Screen } from '../../screen.ts';
import { buildSite } from '../../topology/site.ts';
import { harmless } from './result.ts';
import { Split } from './split.ts';

export interface SplitOptions {
  readonly seconds: string;
  readonly json?: string;
}

/** Runs the drill and returns the exit status. */
export async function runSplit(options: SplitOptions): Promise<number> {
  const duration = Number(options.seconds);
  const right = duration >= 10 && duration <= 3600;
  const reason = whyNoLab() ?? (right ? undefined : 'a split lasts 10 to 3600 seconds');
  if (reason !== undefined) {
    console.error(`isthmus: ${reason}`);
    return EXIT_USAGE;
  }
  endWithWorlds();
  const screen = new Screen();
  const site = await buildSite({ gateways: 2, mode: 'ecmp' });
  try {
    const result = await new Split(screen, site).run(duration * 1000);
    screen.table([
      {
        name: 'ports shared by two clients',
        value: String(result.doubleAllocations),
        ok: result.doubleAllocations === 0,
      },
      { name: 'TCP connections from before that broke', value: String(result.brokenTcp), ok: result.brokenTcp === 0 },
      { name: 'one table after the meeting', value: result.merged ? 'yes' : 'no', ok: result.merged },
      { name: 'own sessions before it', value: result.ownSessions.join(' and ') },
    ]);
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
    return harmless(result) ? EXIT_OK : EXIT_FAILED;
  } catch (error) {
    screen.bad(`step ${screen.current}: ${error instanceof Error ? error.message : String(error)}`);
    screen.quote(site.world.tails(15, 'agent'));
    return EXIT_FAILED;
  } finally {
    await site.world.close();
  }
}
