import { writeFile } from 'node:fs/promises';
import { missingPrograms } from '../programs.ts';
import { whyNoWorld, World } from '../world/world.ts';
import { type DemoResult, emptyResult, toJson } from './result.ts';
import { Screen, seconds } from './screen.ts';
import { openStage, type Stage } from './stage.ts';
import { tellStory } from './story.ts';

export interface DemoOptions {
  readonly json?: string;
}

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Runs the demo and returns the exit status. */
export async function runDemo({ json }: DemoOptions): Promise<number> {
  const reason = whyNoWorld() ?? missingReason();
  if (reason !== undefined) {
    console.error(`isthmus: ${reason}`);
    return EXIT_USAGE;
  }
  const screen = new Screen();
  endWithWorlds();
  const started = performance.now();
  let result: DemoResult = emptyResult();
  let stage: Stage | undefined;
  try {
    stage = await openStage(screen);
    result = stage.result;
    await tellStory(stage);
    screen.good(`the demo took ${seconds(performance.now() - started)}`);
    return 0;
  } catch (error) {
    screen.line();
    screen.bad(`step ${screen.current}: ${error instanceof Error ? error.message : String(error)}`);
    if (stage !== undefined) screen.quote(stage.site.world.tails(15, 'agent'));
    return EXIT_FAILED;
  } finally {
    await stage?.site.world.close();
    if (json !== undefined) await writeFile(json, toJson(result));
  }
}

function missingReason(): string | undefined {
  const missing = missingPrograms();
  return missing.length === 0
    ? undefined
    : `the lab needs ${missing.join(', ')}: "bash deploy/prepare.sh demo" installs and builds what is missing`;
}

/** An interrupt, a closed terminal or a reader that went away end the demo, and the lab with it. */
function endWithWorlds(): void {
  process.once('SIGINT', endWith(130));
  process.once('SIGTERM', endWith(143));
  process.once('SIGHUP', endWith(129));
  process.stdout.once('error', endWith(EXIT_FAILED));
}

function endWith(exitStatus: number): () => void {
  return () => void World.closeAll().finally(() => process.exit(exitStatus));
}
