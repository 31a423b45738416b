import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { SharedState } from '../../../dataplane/shared-state.ts';
import { NO_WALKS } from '../../../dataplane/table-walks.ts';
import { type PacketDevice, type PacketSource, TunSink } from '../../../dataplane/tun-sink.ts';
import { VIRTIO_HEADER_SIZE } from '../../../linux/tun.ts';
import { readingArena, WorkerLoop } from '../../../dataplane/worker-loop.ts';
import { Nat64Translator } from '../../../translator/nat64/nat64-translator.ts';
import { benchRequest, type BenchWorkerStart, SharedWord } from './bench-worker-messages.ts';
import { benchTranslatorOptions, SYN_BYTES, writeSyn } from './session-maker.ts';

/*
 * The data plane thread of a node of the replication benchmark: the loop of a real worker, with SYNs generated here on
 * request, and discarded output.
 */

/** The checksum is left to the network card, as for packets of a local socket. */
const NEEDS_CHECKSUM = 1;

/** Generates the requested number of packets, and discards output. */
class SynDevice implements PacketDevice, PacketSource {
  readonly readHeader = new DataView(new ArrayBuffer(VIRTIO_HEADER_SIZE));
  readonly writeHeader = new DataView(new ArrayBuffer(VIRTIO_HEADER_SIZE));
  readonly #words: Int32Array;
  #views: { readonly bytes: Uint8Array; readonly view: DataView } | undefined;

  constructor(words: Int32Array) {
    this.#words = words;
    this.readHeader.setUint8(0, NEEDS_CHECKSUM);
  }

  readPacket(buffer: ArrayBufferLike, offset: number): number {
    const made = Atomics.load(this.#words, SharedWord.made);
    if (made >= Atomics.load(this.#words, SharedWord.wanted)) return 0;
    this.#views ??= { bytes: new Uint8Array(buffer), view: new DataView(buffer) };
    writeSyn(this.#views.bytes, this.#views.view, offset, made);
    Atomics.store(this.#words, SharedWord.made, made + 1);
    return SYN_BYTES;
  }

  writePacket(_buffer: ArrayBufferLike, _offset: number, length: number): number {
    return length;
  }

  writePieces(_buffer: ArrayBufferLike, _offsets: Int32Array, lengths: Int32Array, count: number): number {
    return lengths.subarray(0, count).reduce((sum, length) => sum + length, 0);
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the main thread is this program too
const start = workerData as BenchWorkerStart;
const words = new Int32Array(start.words);
const shared = new SharedState(start.memory);
const arena = readingArena();
const device = new SynDevice(words);
const sink = new TunSink(device, shared.workerCounters, arena);
const translator = new Nat64Translator(
  benchTranslatorOptions(start.slot, start.sessions),
  sink,
  shared.translatorCounters,
);

function tell(what: 'ready' | 'records'): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  start.port.postMessage(what);
}

function readMessages(): void {
  for (
    let message = receiveMessageOnPort(start.port);
    message !== undefined;
    message = receiveMessageOnPort(start.port)
  ) {
    const request = benchRequest.parse(message.message);
    if ('snapshot' in request) translator.requestSnapshot();
    else translator.setPeerAlive(request.peer, request.alive);
  }
}

function sleep(timeoutMs: number): void {
  Atomics.wait(words, SharedWord.wake, 0, timeoutMs);
  Atomics.store(words, SharedWord.wake, 0);
}

const loop = new WorkerLoop(translator, shared, {
  device,
  sink,
  arena,
  joinDatagrams: false,
  nowMs: () => Math.floor(performance.now()),
  nowUs: () => performance.now() * 1000,
  sleep,
  beat: () => undefined,
  readMessages,
  walks: NO_WALKS,
  notifyRecords: () => tell('records'),
  spinUs: 0,
  shards: undefined,
  originMs: performance.timeOrigin,
});
tell('ready');
loop.run();
