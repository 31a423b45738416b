/**
 * `npm run fuzz -- --packets N --seed S`: mutated packets through translators of several configurations, each packet
 * judged. `--replay INDEX` runs only the part of the run that leads to this packet. A thread does the work; this one
 * watches that it goes on.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { Course, EPOCH, type Finding } from './packets/course.ts';

/** One packet never takes this long, not on the slowest machine. */
const HANG_MS = 30_000;
const REPORT_MS = 10_000;
/** Growth of the heap from an early epoch to a late one that is no leak but the collector's mood, bytes. */
const HEAP_SLACK = 32 * 1024 * 1024;

interface Work {
  readonly seed: number;
  readonly packets: number;
  readonly replay: number | undefined;
  readonly progress: SharedArrayBuffer;
}

type Result = { readonly finding: Finding } | { readonly verdicts: readonly number[]; readonly heapGrowth: number };

function work({ seed, packets, replay, progress }: Work): Result {
  const done = new Float64Array(progress);
  const course = new Course(seed);
  const onPacket = (index: number): void => {
    done[0] = index;
  };
  if (replay !== undefined) {
    const finding = course.epoch(Math.floor(replay / EPOCH), (replay % EPOCH) + 1, onPacket);
    return finding === undefined ? { verdicts: [...course.verdicts], heapGrowth: 0 } : { finding };
  }
  const epochs = Math.ceil(packets / EPOCH);
  let early = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const finding = course.epoch(epoch, Math.min(EPOCH, packets - epoch * EPOCH), onPacket);
    if (finding !== undefined) return { finding };
    if (epoch === Math.min(8, epochs - 1)) early = heapNow();
  }
  return { verdicts: [...course.verdicts], heapGrowth: heapNow() - early };
}

function heapNow(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function watch(): void {
  const { values } = parseArgs({
    options: {
      packets: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      replay: { type: 'string' },
    },
  });
  const [packets, seed] = [Number(values.packets), Number(values.seed)];
  const replay = values.replay === undefined ? undefined : Number(values.replay);
  if (![packets, seed, replay ?? 0].every((value) => Number.isSafeInteger(value) && value >= 0)) {
    throw new RangeError('--packets, --seed and --replay are whole numbers');
  }
  const progress = new SharedArrayBuffer(8);
  const done = new Float64Array(progress);
  const started = performance.now();
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { seed, packets, replay, progress } });
  let last = -1;
  let lastMs = started;
  const timer = setInterval(() => {
    const now = performance.now();
    const moved = done[0] !== last;
    if (moved) process.stderr.write(`${done[0]} packets, ${Math.round(done[0] / ((now - started) / 1000))} a second\n`);
    else if (now - lastMs > HANG_MS) {
      process.stdout.write(`packet ${done[0]} of seed ${seed} hangs; --seed ${seed} --replay ${done[0]} repeats it\n`);
      process.exit(1);
    }
    if (moved) lastMs = now;
    last = done[0];
  }, REPORT_MS);
  worker.on('message', (result: Result) => {
    clearInterval(timer);
    process.exitCode = report(result, packets, seed, (performance.now() - started) / 1000);
  });
  worker.on('error', (error) => {
    clearInterval(timer);
    process.stdout.write(`packet ${done[0]} of seed ${seed}: ${error.stack ?? error.message}\n`);
    process.exitCode = 1;
  });
}

/** @returns the exit status */
function report(result: Result, packets: number, seed: number, seconds: number): number {
  if ('finding' in result) {
    const { index, target, what, packet, offload } = result.finding;
    process.stdout.write(
      `${what}\npacket ${index} of seed ${seed}, ${target}, ${JSON.stringify(offload)}\n${packet}\n`,
    );
    process.stdout.write(`npm run fuzz -- --seed ${seed} --replay ${index} repeats it\n`);
    return 1;
  }
  const [translated, hairpinned, error, dropped, held] = result.verdicts;
  const rate = Math.round(packets / seconds);
  process.stdout.write(
    `${packets} packets of seed ${seed} in ${seconds.toFixed(1)} s, ${rate} a second; nothing wrong\n`,
  );
  process.stdout.write(JSON.stringify({ translated, hairpinned, error, dropped, held }) + '\n');
  process.stdout.write(`memory grew by ${(result.heapGrowth / 1e6).toFixed(1)} MB\n`);
  return result.heapGrowth > HEAP_SLACK ? 1 : 0;
}

if (isMainThread) watch();
else {
  const { parentPort } = await import('node:worker_threads');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what watch() has handed over
  const result = work(workerData as Work);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread has no origin
  parentPort?.postMessage(result);
}
