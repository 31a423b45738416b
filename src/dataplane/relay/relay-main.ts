import { parentPort, workerData } from 'node:worker_threads';
import { dropCapabilities } from '../../linux/capabilities.ts';
import { enterNetworkNamespace } from '../../linux/thread.ts';
import { Tun } from '../../linux/tun.ts';
import type { RelayThreadStart } from './relay-thread-start.ts';

/*
 * Entry point of the thread that opens and closes a relay device. The main thread reads and writes packets on the same
 * descriptor. Without offloads the kernel segments GSO packets and completes checksums before it delivers a packet.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only relay-device.ts starts this thread
const { namespace, name } = workerData as RelayThreadStart;
if (namespace !== undefined) enterNetworkNamespace(namespace);
const tun = Tun.open({ name, withoutOffloads: true });
dropCapabilities('relay');
parentPort?.once('message', () => {
  tun.close();
  parentPort?.close();
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(tun.fd);
