import { parentPort, workerData } from 'node:worker_threads';
import { dropCapabilities } from '../../linux/capabilities.ts';
import { ConfigError } from '../../cluster/config-error.ts';
import type { ConfigAnswer, ConfigQuestion } from './config-thread.ts';
import { readNodeConfig } from './node-config.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only config-thread.ts starts this thread
const { file, node } = workerData as ConfigQuestion;

dropCapabilities('files');

/** ConfigError is part of the answer; any other error ends the thread. */
async function answer(): Promise<ConfigAnswer> {
  try {
    return { config: await readNodeConfig(file, node) };
  } catch (error) {
    if (error instanceof ConfigError) return { mistakes: error.mistakes };
    throw error;
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(await answer());
