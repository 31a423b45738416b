import { type Command, InvalidArgumentError } from 'commander';
import type { TranslateOptions } from './translate-run.ts';

/** Runs are repeatable: what is random in a gateway follows from this here. */
const DEFAULT_SEED = '00'.repeat(31) + '01';

export function registerTranslateCommand(program: Command): void {
  program
    .command('translate')
    .description('send the packets of a capture through the translator alone, as a gateway would translate them')
    .addHelpText(
      'after',
      '\nExit status: 0 all were read, 1 the capture broke off, 2 wrong usage, or a file that cannot be used.',
    )
    .requiredOption('--config <file>', 'cluster file')
    .requiredOption('--instance <name>', 'instance of the cluster file')
    .requiredOption('--in <file>', 'capture to read: pcap or pcapng with raw IP, Ethernet, Linux cooked or null')
    .requiredOption('--out <file>', 'capture to write: pcap with raw IP; its times are as fine as those of the input')
    .option('--node <name>', 'node of the cluster file that translates; default: the first')
    .option('--mtu6 <bytes>', 'MTU of the next hop on the IPv6 side; default: that of the cluster file', mtu(1280))
    .option('--mtu4 <bytes>', 'MTU of the next hop on the IPv4 side; default: that of the cluster file', mtu(68))
    .option('--seed <hex>', 'what ports and identifications follow from, 32 bytes', seed, DEFAULT_SEED)
    .option('--json', 'print a line of JSON for each packet')
    .action(async (options: TranslateOptions) => {
      const { runTranslate } = await import('./translate-run.ts');
      process.exitCode = await runTranslate(options);
    });
}

function mtu(smallest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= smallest && value <= 65_535) return value;
    throw new InvalidArgumentError(`A number of bytes from ${smallest} to 65535 is needed.`);
  };
}

function seed(text: string): string {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return text;
  throw new InvalidArgumentError('64 hexadecimal digits are needed.');
}
