import { isIP, isIPv4 } from 'node:net';
import { type Command, InvalidArgumentError } from 'commander';
import { connectionOptions } from './connection-options.ts';
import type { DoctorOptions } from './doctor-run.ts';

export function registerDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description('examine this machine as a node: kernel, routes, FRR, routers, firewall, agent; changes nothing')
    .option('--config <file>', 'the cluster file (default: that of the agent here, else /etc/isthmus/cluster.yaml)')
    .option('--state-dir <dir>', 'where the agent stores its state (default: /var/lib/isthmus, else the run directory)')
    .option('--through <address>', 'also send a packet to this IPv4 address through the translator', parseAddress)
    .option('--dns64 <resolver>', 'also ask this resolver of the clients for the prefix (RFC 7050)', parseResolver)
    .option(
      '--withdrawal <upstream>',
      'only test the withdrawal from this upstream: withdraw it for some seconds while another node serves, and ' +
        'measure when its packets stop',
    )
    .option('--fix', 'do what can be done without a decision of the operator, then examine again')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExit status: 0 nothing found, 1 findings, 2 wrong usage or configuration. What could not be checked is no finding.',
    );
  connectionOptions(command).action(async (options: DoctorOptions) => {
    const { runDoctor } = await import('./doctor-run.ts');
    await runDoctor(options);
  });
}

/** @throws InvalidArgumentError */
function parseAddress(text: string): string {
  if (!isIPv4(text)) throw new InvalidArgumentError('an IPv4 address is wanted, for example 198.51.100.1');
  return text;
}

/** @throws InvalidArgumentError */
function parseResolver(text: string): string {
  if (isIP(text) === 0) throw new InvalidArgumentError('an address is wanted, for example 2001:db8:6::53');
  return text;
}
