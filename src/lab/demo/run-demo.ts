import { writeFile } from 'node:fs/promises';
import { endWithWorlds, EXIT_FAILED, EXIT_OK, EXIT_USAGE, whyNoLab } from '../lab-run.ts';
import { Screen, seconds } from '../screen.ts';
import { type DemoResult, emptyResult, toJson } from './result.ts';
import { openStage, type Stage } from './stage.ts';
import { tellStory } from './story.ts';

export interface DemoOptions {
  readonly json?: string;
}

/** Runs the demo and returns the exit status. */
export async function runDemo({ json }: DemoOptions): Promise<number> {
  const reason = whyNoLab();
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
    return EXIT_OK;
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
