import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { dropCapabilities } from '../linux/capabilities.ts';
import { EventDescriptor } from '../linux/descriptors.ts';
import { SystemCallError } from '../linux/libc.ts';
import { enterNetworkNamespace, pinThread, setThreadNiceness, threadNumber } from '../linux/thread.ts';
import { Tun } from '../linux/tun.ts';
import { createTranslator } from '../translator/create.ts';
import { DropSources } from '../translator/drop-sources.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import type { Translator } from '../translator/translator.ts';
import { ShardMap } from '../translator/nat64/ports/shard-map.ts';
import { divideFairly, FAIR_QUEUES } from './fair-queue-program.ts';
import { PacketTrace } from './packet-trace.ts';
import { PacketWait } from './packet-wait.ts';
import { steerQueues } from './queue-program.ts';
import { storesSessions, type SessionTranslator } from './session-translator.ts';
import { ShardExchange } from './shard-exchange.ts';
import { answerRequest, type Observers } from './worker-requests.ts';
import { SharedState } from './shared-state.ts';
import { type SteppedQuery, TableWalks } from './table-walks.ts';
import { TunSink } from './tun-sink.ts';
import { warmUp } from './warm-up.ts';
import { readingArena, WorkerLoop } from './worker-loop.ts';
import { WorkerFastPath } from './worker-fast-path.ts';
import type { WorkerCall, WorkerReport, WorkerRequest, WorkerStart } from './worker-messages.ts';

/*
 * Entry point of a worker thread. It does not return to its event loop until it is stopped, so messages are polled
 * (`receiveMessageOnPort`). An error ends the thread and is reported to the agent.
 */
function main(start: WorkerStart, port: MessagePort): void {
  if (start.tuning.cpu !== undefined) pinThread(start.tuning.cpu);
  raisePriority(start.tuning.niceness);
  if (start.namespace !== undefined) enterNetworkNamespace(start.namespace);
  const queues = openQueues(start);
  const [tun] = queues;
  let fastPath: WorkerFastPath | undefined;
  try {
    const wake = EventDescriptor.shared(start.wakeFd);
    const shared = new SharedState(start.memory);
    const report = (message: WorkerReport): void => port.postMessage(message);
    const arena = readingArena();
    const sink = new TunSink(tun, shared.workerCounters, arena);
    const drops = new DropSources();
    shared.translatorCounters.drops = drops;
    const translator: Translator = createTranslator(start.translator, sink, shared.translatorCounters);
    const exchange = exchangeOf(start, translator, shared);
    const steering = steer(start, tun, exchange?.map);
    const fast = new WorkerFastPath(start, translator, shared.workerCounters, (state) =>
      report({ kind: 'fastPath', state }),
    );
    fastPath = fast;
    // With several workers, the first one has opened all queues, and reads its own.
    const read = start.shards === undefined ? queues : [tun];
    const { routesFd } = fast;
    const routes = routesFd === undefined ? [] : [routesFd];
    const wait = new PacketWait(read, wake, routes);
    const joinDatagrams =
      start.tuning.joinDatagrams !== false && tun.offloads.includes('uso4') && tun.offloads.includes('uso6');
    warmUp(start.translator, { joinDatagrams, fastPath: fast.routesFd !== undefined, nowMs });
    const trace = new PacketTrace(translator, sink, () => [
      ...shared.translatorCounters.values,
      ...shared.workerCounters,
    ]);
    const nowUs = (): number => performance.now() * 1000;
    const walks = new TableWalks(report, nowUs);
    const loop: WorkerLoop = new WorkerLoop(translator, shared, {
      device: wait.source,
      sink,
      arena,
      joinDatagrams,
      nowMs,
      nowUs,
      sleep: (timeoutMs) => {
        // The sessions outlive their device; the agent detects the missing routes and restores them.
        if (read.some(({ deleted }) => deleted)) {
          reopen(start, queues);
          steer(start, tun, exchange?.map);
        }
        wait.sleep(fast.mostSleepMs(timeoutMs));
      },
      beat: () => fast.beat(),
      eachMs: () => {
        drops.passTime(nowMs());
        fast.followRoutes();
      },
      readMessages: () => readMessages(port, { translator, loop, fast, walks, trace, drops }),
      processor: trace,
      walks,
      notifyRecords: () => report({ kind: 'records' }),
      spinUs: start.tuning.spinUs ?? 0,
      shards: exchange,
      originMs: performance.timeOrigin,
    });
    const others = start.shards === undefined ? [] : queues.slice(1).map(({ fd, offloads }) => ({ fd, offloads }));
    report({
      kind: 'ready',
      offloads: tun.offloads,
      fastPath: fast.state,
      queues: others,
      steering,
      thread: threadNumber(),
    });
    dropCapabilities('worker');
    loop.run();
  } catch (error) {
    const fault: WorkerReport = { kind: 'fault', reason: error instanceof Error ? error.message : String(error) };
    port.postMessage(fault);
    throw error;
  } finally {
    fastPath?.close();
    // The first worker has opened all queues, and ends last.
    if (start.shards?.queue === undefined) for (const queue of queues) queue.close();
  }
}

/**
 * Similar to the kernel, which forwards in softirqs before any process. Above -20, so that on a machine with one CPU
 * FRR and the agent are scheduled under a flood too.
 */
const NICENESS = -10;

/** @throws SystemCallError when a configured nice value is refused; the default is best effort */
function raisePriority(niceness: number | undefined): void {
  try {
    setThreadNiceness(niceness ?? NICENESS);
  } catch (error) {
    if (niceness !== undefined || !(error instanceof SystemCallError) || error.code !== 'EACCES') throw error;
  }
}

/** Deleting a device may take a moment, during which its name is in use. */
const REOPEN_TRIES = 20;
const REOPEN_PAUSE_MS = 25;

/**
 * Recreates a deleted device. The first worker does it for all, in the order of their shards; the others wait.
 * @throws SystemCallError when it cannot be recreated: that ends the worker
 */
function reopen({ shards }: WorkerStart, queues: readonly Tun[]): void {
  const pause = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  if (shards?.queue !== undefined) {
    Atomics.wait(pause, 0, 0, REOPEN_PAUSE_MS);
    for (const queue of queues) queue.deleted = false;
    return;
  }
  let left = REOPEN_TRIES;
  for (const queue of queues) {
    for (let open = false; !open;) {
      try {
        queue.reopen();
        open = true;
      } catch (error) {
        if (left === 0) throw error;
        left -= 1;
        Atomics.wait(pause, 0, 0, REOPEN_PAUSE_MS);
      }
    }
  }
}

/**
 * The queue of this worker first; the first worker also has those of the others, by shard. A single worker has several
 * for itself. @throws SystemCallError
 */
function openQueues({ tunName, shards }: WorkerStart): readonly [Tun, ...Tun[]] {
  const { queue, count } = shards ?? { queue: undefined, count: FAIR_QUEUES };
  if (queue !== undefined) return [Tun.adopt(queue.fd, tunName, queue.offloads)];
  const queues: [Tun, ...Tun[]] = [Tun.open({ name: tunName, multiQueue: true })];
  try {
    // The kernel numbers queues in the order of opening.
    for (let index = 1; index < count; index++) queues.push(Tun.open({ name: tunName, multiQueue: true }));
  } catch (error) {
    for (const open of queues) open.close();
    throw error;
  }
  return queues;
}

/** The exchange with other workers; undefined if any worker may process any packet. */
function exchangeOf(
  { shards, translator: options }: WorkerStart,
  translator: Translator,
  shared: SharedState,
): ShardExchange | undefined {
  if (shards === undefined || options.kind !== 'nat64' || !storesSessions(translator)) return undefined;
  const map = new ShardMap(options, shards.count);
  const counters = { worker: shared.workerCounters, translator: shared.translatorCounters };
  const exchange = new ShardExchange(map, options, shards.memory, counters);
  translator.useShards(map, (shard, arena, offset, length, offload) => {
    exchange.handOver(shard, arena, offset, length, offload);
  });
  return exchange;
}

/**
 * Attaches the program that selects the queue of each packet: by shard, or by client with one worker. The first worker
 * does it for all. @returns the result: without it shards hand packets over to each other, and a single worker gets
 * them by flow
 */
function steer({ shards, translator: options }: WorkerStart, tun: Tun, map: ShardMap | undefined): string {
  if (shards?.queue !== undefined) return '';
  if (shards !== undefined && map === undefined) return 'by the flow';
  try {
    if (map !== undefined) steerQueues(tun, map);
    else divideFairly(tun, bitsOf(options));
    return shards === undefined ? '' : 'by the kernel';
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return shards === undefined ? `by the flow: ${reason}` : `by the workers: ${reason}`;
  }
}

/** Prefix lengths that identify a client and its network. */
function bitsOf(options: TranslatorOptions): { readonly clientBits: number; readonly networkBits: number } {
  if (options.kind !== 'nat64') return { clientBits: 64, networkBits: 48 };
  const { clientPrefixLength, networkPrefixLength } = options.limits;
  return { clientBits: clientPrefixLength, networkBits: networkPrefixLength };
}

/** Objects that messages are dispatched to. */
interface Addressees extends Observers {
  readonly translator: Translator;
  readonly loop: WorkerLoop;
  readonly fast: WorkerFastPath;
  readonly walks: TableWalks;
}

function readMessages(port: MessagePort, addressees: Addressees): void {
  const { translator, loop, fast, walks } = addressees;
  for (;;) {
    const received = receiveMessageOnPort(port);
    if (received === undefined) return;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only worker-handle.ts writes to this port
    const { id, request } = received.message as WorkerCall;
    if (request.method === 'query' || request.method === 'top') {
      if (storesSessions(translator)) walks.add(id, () => begin(request, translator));
      else
        port.postMessage({ kind: 'refusal', id, reason: 'this instance has no session table' } satisfies WorkerReport);
      continue;
    }
    if (request.method === 'stop') loop.stop();
    const answer = answerRequest(id, request, translator, addressees, nowMs());
    const applied = answer.kind === 'answer' && Array.isArray(answer.value) && answer.value.length === 0;
    if (request.method === 'reconfigure' && applied) fast.configure(request.options);
    port.postMessage(answer);
  }
}

function begin(
  request: Extract<WorkerRequest, { readonly method: 'query' | 'top' }>,
  translator: SessionTranslator,
): SteppedQuery {
  return request.method === 'query' ? translator.walk(request.query) : translator.top(request.question);
}

/** The clock of this thread and its translator only. */
function nowMs(): number {
  return Math.floor(performance.now());
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only worker-handle.ts starts this thread
if (parentPort !== null) main(workerData as WorkerStart, parentPort);
