import type { Command } from 'commander';
import { connectionOptions } from './connection-options.ts';
import { wholeNumber } from './whole-number.ts';
import type { CaptureOptions, TraceOptions } from './trace-run.ts';
import { givenText } from './given-text.ts';

const FAST_PATH = `
While it runs, the sessions of the client take the slow path (more CPU time for each of their packets), and come back to
the fast path afterwards; those of a stateless instance stay on the fast path, and what takes that is not shown.
Where packets come from that belong to no client, such as scans of pool4: isthmus drops.`;

export function registerTraceCommands(program: Command): void {
  const trace = clientOptions(
    program
      .command('trace')
      .description('show the next packets of a client, what decides about each, what counts it, and what leaves'),
  )
    .option('-n, --packets <count>', 'end after this many packets', wholeNumber(1, 100_000), 10)
    .option('--seconds <count>', 'maximum duration', wholeNumber(1, 3600), 60)
    .option('--json', 'print one JSON object per line')
    .addHelpText('after', FAST_PATH)
    .addHelpText('after', '\nExit status: 0 packets were traced, 1 none came, 2 no agent running or wrong usage.');
  connectionOptions(trace).action(async (options: TraceOptions) => {
    const { runTrace } = await import('./trace-run.ts');
    await runTrace(options);
  });
  const capture = clientOptions(
    program
      .command('capture')
      .description('write the packets of a client before and after translation to a pcapng file, with comments'),
  )
    .requiredOption('-w, --write <file>', 'file to write; it is replaced')
    .option('-n, --packets <count>', 'end after this many packets', wholeNumber(1, 1_000_000), 10_000)
    .option('--bytes <count>', 'end before the file is larger', wholeNumber(10_000, 10_000_000_000), 100_000_000)
    .option('--seconds <count>', 'maximum duration', wholeNumber(1, 3600), 60)
    .option('--snap-length <bytes>', 'bytes of each packet that are stored', wholeNumber(128, 65_535), 65_535)
    .option('--json', 'print JSON')
    .addHelpText('after', FAST_PATH)
    .addHelpText('after', '\nExit status: 0 packets were captured, 1 none came, 2 no agent running or wrong usage.');
  connectionOptions(capture).action(async (options: CaptureOptions) => {
    const { runCapture } = await import('./trace-run.ts');
    await runCapture(options);
  });
}

function clientOptions(command: Command): Command {
  return command
    .requiredOption('--client <address>', 'the IPv6 client')
    .option('--remote <address>', 'only packets to and from this address, IPv4 or as the client knows it', givenText)
    .option('--instance <name>', 'only packets of this instance', givenText);
}
