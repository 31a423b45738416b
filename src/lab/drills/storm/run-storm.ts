import { writeFile } from 'node:fs/promises';
import { endWithWorlds, EXIT_FAILED, EXIT_OK, EXIT_USAGE, whyNoLab } from '../../lab-run.ts';
import { Screen, seconds } from '../../screen.ts';
import { Storm } from './storm.ts';
import { buildStormSite } from './storm-site.ts';

export interface StormOptions {
  readonly json?: string;
  readonly seconds: string;
  readonly gateways: string;
  /** Cut links also while a node is away. */
  readonly overlap?: true;
}

/** Runs the storm and returns the exit status. */
export async function runStorm(options: StormOptions): Promise<number> {
  const [duration, gateways] = [Number(options.seconds), Number(options.gateways)];
  const reason = whyNoLab() ?? badNumbers(duration, gateways);
  if (reason !== undefined) {
    console.error(`isthmus: ${reason}`);
    return EXIT_USAGE;
  }
  endWithWorlds();
  const screen = new Screen();
  screen.step(`A ring of ${gateways} gateways, all active; the router spreads over them`);
  const started = performance.now();
  const site = await buildStormSite(gateways);
  screen.good(`built in ${seconds(performance.now() - started)}`);
  const storm = new Storm(screen, site);
  try {
    await storm.run(duration * 1000, options.overlap === true);
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(storm.result, null, 2)}\n`);
    return storm.passed ? EXIT_OK : EXIT_FAILED;
  } catch (error) {
    screen.line();
    screen.bad(`step ${screen.current}: ${error instanceof Error ? error.message : String(error)}`);
    screen.quote(site.world.tails(15, 'agent'));
    return EXIT_FAILED;
  } finally {
    await site.world.close();
  }
}

function badNumbers(duration: number, gateways: number): string | undefined {
  if (!(duration >= 20 && duration <= 3600)) return 'a storm lasts 20 to 3600 seconds';
  if (!(Number.isInteger(gateways) && gateways >= 2 && gateways <= 8)) return 'a storm has 2 to 8 gateways';
  return undefined;
}
