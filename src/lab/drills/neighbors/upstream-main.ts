/*
 * What an agent does with one upstream, and nothing else: announces and withdraws it by the methods of its options.
 * Usage: upstream-main.js UPSTREAM-OPTIONS-JSON
 * Standard input: `announce` or `withdraw`; each is answered by `done` or `failed …`.
 */
import { createInterface } from 'node:readline';
import { type UpstreamOptions, Upstreams } from '../../../frr/upstreams.ts';

// The drill that starts this writes them.
const options = JSON.parse(process.argv[2] ?? '') as UpstreamOptions;
const { announcements } = new Upstreams([options], (text) => void process.stdout.write(`finding ${text}\n`));
await announcements.start();
process.stdout.write('ready\n');

for await (const line of createInterface({ input: process.stdin })) {
  try {
    await (line === 'announce' ? announcements.announce() : announcements.withdraw());
    process.stdout.write('done\n');
  } catch (error) {
    process.stdout.write(`failed ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
