/*
 * The thread behind HttpEndpoint. Requests are parsed and answers built here, so that they do not load the main loop,
 * which is only asked for a snapshot a few times a second.
 */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { dropCapabilities } from '../linux/capabilities.ts';
import { systemClock, within } from '../replication/clock.ts';
import { AgentQuestions } from './agent-questions.ts';
import { readSamples } from './history-file.ts';
import type { HttpCall, HttpReport, HttpSettings } from './http-messages.ts';
import { HTTP_LIMITS, HttpService } from './http-service.ts';
import { readAssets } from './page-assets.ts';
import { PageFeed } from './page-feed.ts';
import type { HistorySample } from './page-model.ts';

/**
 * Nice value of this thread once it listens: packets and replication have priority, but a busy machine can still be
 * monitored.
 */
const NICE = 5;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only http-endpoint.ts starts this thread
const { address, access, history } = workerData as HttpSettings;

function report(message: HttpReport): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(message);
}

const onError = (reason: string): void => report({ kind: 'error', reason });

function formerSamples(): HistorySample[] {
  try {
    return history === '' ? [] : readSamples(history);
  } catch (error) {
    onError(`the history cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

const questions = new AgentQuestions((about) => report({ kind: 'question', about }));
const feed = new PageFeed(
  {
    take: async () => {
      const status = await within(systemClock, HTTP_LIMITS.answerMs, questions.ask('status'));
      return status === 'late' ? undefined : status;
    },
    peerEvents: () => questions.ask('peerEvents'),
    topClients: () => questions.ask('topClients'),
    drops: () => questions.ask('drops'),
    store: (line) => report({ kind: 'store', line }),
    onError,
  },
  formerSamples(),
);
const parts = { take: () => questions.ask('snapshot'), onError, feed, assets: readAssets() };
const service = new HttpService(parts, access);

parentPort?.on('message', (call: HttpCall) => {
  if (call.kind === 'answer') questions.answered(call.answer);
  else if (call.kind === 'failed') questions.failed(call.about, call.reason);
  else if (call.kind === 'event') feed.event(call.event);
  else if (call.kind === 'access') service.setAccess(call.access);
  else {
    feed.stop();
    void service.close().then(() => process.exit(0));
  }
});

try {
  report({ kind: 'listening', port: await service.listen(address) });
  dropCapabilities('http');
  feed.start();
  // Linux has a nice value for each thread; 0 is the calling one.
  setPriority(0, NICE);
} catch (error) {
  report({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
  // The thread ends; a new one retries.
  parentPort?.close();
}
