import { parentPort } from 'node:worker_threads';
import { dropCapabilities } from '../capabilities.ts';
import { directStarter } from './direct-starter.ts';
import type { ProgramRun } from './program.ts';
import type { StarterReply, StarterRequest } from './starter-messages.ts';

/* Entry point of the thread that starts programs on behalf of the main thread, because starting one blocks. */

const running = new Map<number, ProgramRun>();
// Programs get the capabilities that the main thread would give them.
dropCapabilities('main');

parentPort?.on('message', (request: StarterRequest) => {
  if (request.kind === 'kill') {
    running.get(request.id)?.kill();
    return;
  }
  const { id, call } = request;
  const run = directStarter.start(call);
  running.set(id, run);
  void answer(id, run);
});

async function answer(id: number, run: ProgramRun): Promise<void> {
  const reply: StarterReply = { id, end: await run.ended };
  running.delete(id);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(reply);
}
