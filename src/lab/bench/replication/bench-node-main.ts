import { createInterface } from 'node:readline';
import { z } from 'zod';
import { BenchNode } from './bench-node.ts';
import { recordRates } from './record-rates.ts';

/*
 * A node of the replication benchmark, in a separate process. Usage: bench-node-main.js SLOT INTERFACE SESSIONS
 *
 * Lines of JSON on standard input, each answered by one:
 *
 *     {"records":N}             what it costs to write and to apply N records, without a network     → {"encoded","applied","copied"}
 *     {"make":N}                makes N sessions that nobody hears of                                 → {"seconds"}
 *     {"join":true}             replicates from now on                                                → {"seconds"}
 *     {"snapshot":true}         has the other node's sessions sent                                    → {"seconds","sessions"}
 *     {"churn":{"perSecond":R,"seconds":S,"replicated":B}}  makes sessions at that rate               → {"seconds","cpu","bytes"}
 *     {"usage":true}            processor time of this process so far                                 → {"cpu"}
 */
const order = z.union([
  z.strictObject({ records: z.number() }),
  z.strictObject({ make: z.number() }),
  z.strictObject({ join: z.literal(true) }),
  z.strictObject({ snapshot: z.literal(true) }),
  z.strictObject({ churn: z.strictObject({ perSecond: z.number(), seconds: z.number(), replicated: z.boolean() }) }),
  z.strictObject({ usage: z.literal(true) }),
]);

const [slot = '', link = '', sessions = ''] = process.argv.slice(2);
const node = new BenchNode(Number(slot), link, Number(sessions));

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function obey(line: string): Promise<object> {
  const command = order.parse(JSON.parse(line));
  if ('records' in command) return recordRates(command.records);
  if ('usage' in command) return { cpu: cpuSeconds() };
  const began = performance.now();
  const [cpu, bytes] = [cpuSeconds(), node.bytesOut];
  let held = 0;
  if ('make' in command) await node.make(command.make);
  else if ('join' in command) await node.join();
  else if ('snapshot' in command) held = await node.snapshot();
  else {
    const { perSecond, seconds, replicated } = command.churn;
    await node.churn(perSecond, seconds, replicated);
  }
  const seconds = (performance.now() - began) / 1000;
  return { seconds, cpu: cpuSeconds() - cpu, bytes: node.bytesOut - bytes, sessions: held };
}

await node.ready();
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await obey(line))}\n`);
}
process.exit(0);
