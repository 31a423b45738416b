import type { Course } from './course.ts';
import { UdpStream } from './udp.ts';

/** Long enough for the optimizing compiler to have seen every branch of the packet path. */
const WARM_UP_S = 4;
const MEASURED_S = 10;
const RATE = 20_000;
const PAYLOAD = 36;

/**
 * Garbage collections of the gateway's process in 10 s of steady traffic in both directions, as reported by
 * `--trace-gc`.
 */
export async function measureCollections(course: Course, server: string): Promise<number> {
  const isthmus = await course.isthmus({ traceGc: true });
  const streams = [await UdpStream.open(course, server, false), await UdpStream.open(course, server, true, 5301)];
  try {
    const both = async (seconds: number): Promise<unknown> =>
      Promise.all(streams.map((stream) => stream.steady(RATE, PAYLOAD, seconds)));
    await both(WARM_UP_S);
    let collections = 0;
    const forget = isthmus.onLine((line) => {
      if (/ms: (?:Scavenge|Mark-Compact|Minor Mark-Compact)/.test(line)) collections += 1;
    });
    await both(MEASURED_S);
    forget();
    return collections;
  } finally {
    await Promise.all(streams.map((stream) => stream.close()));
  }
}
