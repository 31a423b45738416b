import { isIP } from 'node:net';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { PROBE_PORT } from '../drills/probe/probe-port.ts';
import { readHostAndPort } from './host-and-port.ts';
import type { ProbeRunOptions, ProbeServeOptions } from './probe-run.ts';

export function registerProbeCommand(program: Command): void {
  const probe = program
    .command('probe')
    .description('steady traffic that shows what a drill costs users; needs no root and no agent');
  addProbeCommands(probe);
}

/** @param probe parent of the commands */
export function addProbeCommands(probe: Command): void {
  probe
    .command('serve')
    .description('the far end, on an IPv4 host: returns what comes over UDP and TCP')
    .option('--address <address>', 'address to listen on', readAddress, '0.0.0.0')
    .option('--port <port>', 'UDP and TCP port', count, PROBE_PORT)
    .action(async (options: ProbeServeOptions) => {
      const { runServe } = await import('./probe-run.ts');
      await runServe(options);
    });
  probe
    .command('run')
    .addArgument(new Argument('<address>', 'of the far end, behind the translator').argParser(readAddress))
    .description('send to the far end, from a host behind the cluster; prints JSON lines')
    .option('--port <port>', 'port of the far end', count, PROBE_PORT)
    .option('--udp <count>', 'flows of paced packets', count, 4)
    .option('--tcp <count>', 'connections with checked content', count, 8)
    .option('--interval <ms>', 'between two packets of a flow', count, 10)
    .option('--new <rate>', 'new connections per second', count, 5)
    .option('--no-ping', 'no ICMP echoes, five a second by ping(8)')
    .option('--name <name>', 'resolve this name by DNS64 each second')
    .option('--listen <host:port>', 'also serve the lines there: for `isthmus drill run --probe`', readHostAndPort)
    .action(async (address: string, options: ProbeRunOptions) => {
      const { runProbe } = await import('./probe-run.ts');
      await runProbe(address, options);
    });
}

/** @throws InvalidArgumentError */
function readAddress(text: string): string {
  if (isIP(text) === 0)
    throw new InvalidArgumentError('an IPv4 or IPv6 address is wanted, such as 64:ff9b::198.51.100.7');
  return text;
}

/** @throws InvalidArgumentError */
function count(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('expected a number from 0 to 65535');
  return Number(text);
}
