import { z } from 'zod';
import type { Course } from './course.ts';
import { busySeconds } from './processor-time.ts';

/** The fields of `iperf3 --json` that are used. */
const report = z.object({
  error: z.string().optional(),
  end: z.object({ sum_received: z.object({ bytes: z.number(), bits_per_second: z.number() }).optional() }).optional(),
});

export interface TcpResult {
  readonly gbits: number;
  readonly cpuPerGb: number;
}

/** One TCP stream between client and server for some seconds; `reverse`: towards the client. */
export async function measureTcp(
  { client6, server4 }: Course,
  server: string,
  reverse: boolean,
  seconds: number,
): Promise<TcpResult> {
  const listener = server4.start('iperf3', ['iperf3', '--server', '--one-off', '--forceflush']);
  await listener.waitForLine(/listening/, 5000);
  const before = busySeconds();
  const argv = [
    'iperf3',
    '-6',
    '--client',
    server,
    '--time',
    String(seconds),
    '--json',
    ...(reverse ? ['--reverse'] : []),
  ];
  const { stdout } = await client6.run(argv, { timeoutMs: seconds * 1000 + 20_000, allowFailure: true });
  const busy = busySeconds() - before;
  await listener.stop();
  const { error, end } = report.parse(JSON.parse(stdout));
  if (end?.sum_received === undefined) throw new Error(`iperf3 to ${server}: ${error ?? 'no result'}`);
  const { bytes, bits_per_second: bits } = end.sum_received;
  return { gbits: bits / 1e9, cpuPerGb: busy / (bytes / 1e9) };
}
