/*
 * The thread behind NamespaceThread: it is in a network namespace, as are the sockets that it opens. An error of a
 * request is its answer; an error of the thread itself ends it, and the next request starts another one.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { dropCapabilities } from '../../linux/capabilities.ts';
import { enterNetworkNamespace } from '../../linux/thread.ts';
import { NamespaceAnswers } from './namespace-answers.ts';
import type { ViewCall } from './namespace-questions.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only namespace-view.ts starts this thread
const { namespace } = workerData as { namespace: string | undefined };
if (namespace !== undefined) enterNetworkNamespace(namespace);
dropCapabilities('namespaceView');
const answers = new NamespaceAnswers();

async function answer(call: ViewCall): Promise<void> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(await answers.reply(call));
}

parentPort?.on('message', (call: ViewCall) => void answer(call));
