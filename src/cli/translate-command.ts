import { type Command, InvalidArgumentError } from 'commander';
import type { TranslateOptions } from './translate-run.ts';

/** Runs are repeatable: what is random in a gateway is derived from this seed. */
const DEFAULT_SEED = '00'.repeat(31) + '01';

export function registerTranslateCommand(program: Command): void {
  program
    .command('translate')
    .description('translate the packets of a capture file offline, as a gateway would')
    .addHelpText('after', '\nExit status: 0 whole capture read, 1 capture truncated, 2 wrong usage or unusable file.')
    .requiredOption('--config <file>', 'cluster file')
    .requiredOption('--instance <name>', 'instance of the cluster file')
    .requiredOption('--in <file>', 'capture to read: pcap or pcapng with raw IP, Ethernet, Linux cooked or null')
    .requiredOption('--out <file>', 'capture to write: pcap with raw IP, with the timestamp resolution of the input')
    .option('--node <name>', 'node of the cluster file to translate as; default: the first')
    .option('--mtu6 <bytes>', 'MTU of the next hop on the IPv6 side; default: that of the cluster file', mtu(1280))
    .option('--mtu4 <bytes>', 'MTU of the next hop on the IPv4 side; default: that of the cluster file', mtu(68))
    .option('--seed <hex>', 'seed of port and identification choice, 32 bytes', seed, DEFAULT_SEED)
    .option('--json', 'print one JSON object per packet and line')
    .action(async (options: TranslateOptions) => {
      const { runTranslate } = await import('./translate-run.ts');
      process.exitCode = await runTranslate(options);
    });
}

function mtu(smallest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= smallest && value <= 65_535) return value;
    throw new InvalidArgumentError(`expected a number of bytes from ${smallest} to 65535`);
  };
}

function seed(text: string): string {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return text;
  throw new InvalidArgumentError('expected 64 hexadecimal digits');
}
