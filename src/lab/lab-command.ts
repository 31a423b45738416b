import { type Command, Option } from 'commander';
import { numberText } from '../cli/whole-number.ts';
import type { BenchOptions } from './bench/run-bench.ts';
import type { DemoOptions } from './demo/run-demo.ts';
import type { EcmpOptions } from './drills/ecmp/run-ecmp.ts';
import type { NeighborsOptions } from './drills/neighbors/run-neighbors.ts';
import type { HostileOptions } from './drills/hostile/run-hostile.ts';
import type { SoakOptions } from './drills/soak/run-soak.ts';
import type { SplitOptions } from './drills/split/run-split.ts';
import type { FaultsOptions } from './drills/faults/run-faults.ts';
import type { ShippedOptions } from './drills/shipped/run-shipped.ts';
import type { StormOptions } from './drills/storm/run-storm.ts';
import { registerStandingCommands } from './standing/standing-command.ts';

/** Adds `isthmus lab …`. Modules are loaded when a command runs, so that other commands start without them. */
export function registerLabCommand(program: Command): void {
  const lab = program
    .command('lab')
    .description('a lab of network namespaces on this machine: demonstration and drills');
  registerStandingCommands(lab);
  lab
    .command('demo')
    .description('two gateways carry real traffic, the active agent is killed, nothing breaks')
    .option('--json <file>', 'also write what was measured to this file')
    .addHelpText(
      'after',
      '\nEverything happens in namespaces that vanish at the end, also after an interrupt.\nExit status 0 only if all of it was seen.',
    )
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('./demo/run-demo.ts');
      process.exitCode = await runDemo(options);
    });
  lab
    .command('faults')
    .description('breaks the node that carries the traffic in every way, and measures what that costs')
    .option('--only <names>', 'only these faults, separated by commas')
    .option('--json <file>', 'also write what was measured to this file')
    .addHelpText(
      'after',
      '\nExit status 0 only if the traffic ended on the other node each time, within the limits, and no connection broke.',
    )
    .action(async (options: FaultsOptions) => {
      const { runFaults } = await import('./drills/faults/run-faults.ts');
      process.exitCode = await runFaults(options);
    });
  lab
    .command('drills')
    .description('runs the drills of `isthmus drill` in a lab, each under probes, as an operator would on a cluster')
    .option('--nodes <number>', 'how many gateways', numberText(2, 8), '2')
    .option('--only <names>', 'only these drills, separated by commas')
    .option('--json <file>', 'also write what was measured to this file')
    .option('--report <dir>', 'write report.html, report.json and junit.xml to this directory')
    .addHelpText('after', '\nExit status 0 only if every drill passed.')
    .action(async (options: ShippedOptions) => {
      const { runShipped } = await import('./drills/shipped/run-shipped.ts');
      process.exitCode = await runShipped(options);
    });
  lab
    .command('storm')
    .description('gateways die and ring links break in turn, under traffic that must not notice')
    .option('--seconds <number>', 'how long', numberText(1, 86_400), '120')
    .option('--gateways <number>', 'how many', numberText(2, 8), '4')
    .option('--overlap', 'cut links also while a node is away, so that the ring falls apart for seconds')
    .option('--json <file>', 'also write what was measured to this file')
    .addHelpText(
      'after',
      '\nExit status 0 only if no connection broke, no port had two users, and all tables agree at the end.',
    )
    .action(async (options: StormOptions) => {
      const { runStorm } = await import('./drills/storm/run-storm.ts');
      process.exitCode = await runStorm(options);
    });
  lab
    .command('ecmp')
    .description(
      'all gateways serve one instance at once; one is added, killed and drained, under traffic that must not notice',
    )
    .option('--nodes <numbers>', 'with how many gateways, one run for each', '2,3,4')
    .option('--json <file>', 'also write what was measured to this file')
    .addHelpText(
      'after',
      '\nThe router hashes each way of a connection for itself. Exit status 0 only if no established connection broke, no port had two users, and all tables agree.',
    )
    .action(async (options: EcmpOptions) => {
      const { runEcmp } = await import('./drills/ecmp/run-ecmp.ts');
      process.exitCode = await runEcmp(options);
    });
  lab
    .command('split')
    .description('two gateways translate while partitioned until both slices are full, and rejoin')
    .option('--seconds <number>', 'how long they are partitioned', numberText(1, 86_400), '120')
    .option('--json <file>', 'also write what was measured to this file')
    .addHelpText(
      'after',
      '\nExit status 0 only if both slices were full, no port had two users, no connection broke and the tables became one.',
    )
    .action(async (options: SplitOptions) => {
      const { runSplit } = await import('./drills/split/run-split.ts');
      process.exitCode = await runSplit(options);
    });
  lab
    .command('neighbors')
    .description('withdraws from real routers of several versions in every way, and measures when packets stop')
    .option('--only <words>', 'only cases with all of these words in their name, separated by commas')
    .option('--jobs <number>', 'how many labs beside each other', numberText(1, 16), '3')
    .option('--json <file>', 'also write what was measured to this file')
    .option('--append', 'keep the rows of that file, and run what it does not have as stated')
    .option(
      '--minutes <number>',
      'start no lab after this time; --append continues with the rest',
      numberText(1, 10_000),
    )
    .addHelpText(
      'after',
      '\nRouters of other Debian releases run from root trees in /var/cache/isthmus-lab, which are made when needed.\nExit status 0 only if each case ended the traffic within its stated time, and each refused method showed why it is refused.',
    )
    .action(async (options: NeighborsOptions) => {
      const { runNeighbors } = await import('./drills/neighbors/run-neighbors.ts');
      process.exitCode = await runNeighbors(options);
    });
  lab
    .command('hostile')
    .description('floods, full disks, broken pipes, cut links and kills: what must not take a gateway down')
    .option('--only <names>', 'only these attacks, separated by commas')
    .option('--nodes <number>', 'how many gateways', numberText(2, 8), '2')
    .option('--fast-path', 'with the fast path')
    .option('--hog', 'with a loop at normal priority on every CPU')
    .option(
      '--kills <number>',
      'how often agent, guard or both are killed at random moments; added to those of --append',
      numberText(1, 10_000),
      '12',
    )
    .option('--json <file>', 'also write what was measured to this file')
    .option('--append', 'keep the rows of that file: only attacks without one are made, or those that --only names')
    .addHelpText(
      'after',
      '\nExit status 0 only if no node was withdrawn without need, no connection broke, and each attack found what it should.',
    )
    .action(async (options: HostileOptions) => {
      const { runHostile } = await import('./drills/hostile/run-hostile.ts');
      process.exitCode = await runHostile(options);
    });
  lab
    .command('soak')
    .description('floods of all kinds one after the other, beside long and new connections that must not notice')
    .option(
      '--minutes <number>',
      'how long, half of it each without and with the fast path',
      numberText(1, 10_000),
      '30',
    )
    .addOption(new Option('--half <name>', 'all of the time without, or with, the fast path').choices(['slow', 'fast']))
    .option('--hog', 'with a loop at normal priority on every CPU')
    .option('--json <file>', 'also write what was measured to this file')
    .addHelpText(
      'after',
      '\nExit status 0 only if no node was withdrawn, no connection broke, no flow of the fast path stood for half a second, and memory came back.',
    )
    .action(async (options: SoakOptions) => {
      const { runSoak } = await import('./drills/soak/run-soak.ts');
      process.exitCode = await runSoak(options);
    });
  lab
    .command('bench')
    .description('throughput and latency of the data plane beside the kernel and TAYGA')
    .option('--only <names>', 'only these rows, separated by commas')
    .option('--runs <number>', 'runs of each, in turns', numberText(1, 1000), '5')
    .option('--seconds <number>', 'time of each measurement', numberText(1, 3600), '2')
    .option('--worker <json>', 'how the worker is tuned, for example {"spinUs":100}', '{}')
    .option('--json <file>', 'also write the result to this file')
    .action(async (options: BenchOptions) => {
      const { runBench } = await import('./bench/run-bench.ts');
      process.exitCode = await runBench(options);
    });
}
