import { type Command, InvalidArgumentError, Option } from 'commander';
import { SITE_DRILLS } from '../drills/site-drills.ts';
import { connectionOptions, storedOption } from './connection-options.ts';
import type { DrillOptions, HistoryOptions, RunOptions } from './drill-run.ts';
import { readHostAndPort } from './host-and-port.ts';

export function registerDrillCommand(program: Command): void {
  const drill = program
    .command('drill')
    .description('rehearse failures on this cluster, under real traffic; see docs/drills.md');
  const folder = new Option('--drills <dir>', "folder of the site's own drills").default(SITE_DRILLS);
  drill
    .command('list')
    .description('list the drills that come with the program and those of the site')
    .addOption(folder)
    .option('--json', 'print JSON')
    .action(async (options: DrillOptions) => {
      const { runList } = await import('./drill-run.ts');
      runList(options);
    });
  connectionOptions(
    targetOptions(
      drill
        .command('plan <name>')
        .description('show what a drill would do, to which node, and every reason against it; changes nothing')
        .addOption(folder)
        .option('--json', 'print JSON'),
    ),
  ).action(async (name: string, options: RunOptions) => {
    const { runPlanned } = await import('./drill-run.ts');
    await runPlanned(name, options);
  });
  connectionOptions(
    targetOptions(
      drill
        .command('run [names...]')
        .description(
          'run drills one after the other; everything is undone when they end, also when this command is killed',
        )
        .addOption(folder)
        .addOption(storedOption())
        .option('--all', 'every drill of `isthmus drill list`')
        .addOption(
          new Option(
            '--probe <host:port>',
            'probe that measures: `isthmus probe run --listen` on a host behind the cluster',
          )
            .argParser(readHostAndPort)
            .env('ISTHMUS_DRILL_PROBE'),
        )
        .addOption(
          new Option('--detection <ms>', 'detection time of the upstreams (BFD interval × multiplier)')
            .argParser(parseMs)
            .default(1000)
            .env('ISTHMUS_DRILL_DETECTION'),
        )
        .option('--report <dir>', 'write report.html, report.json and junit.xml to this directory')
        .option('--json', 'print a JSON object for each drill'),
    ),
  )
    .addHelpText(
      'after',
      '\nExit status: 0 all passed, 1 one failed or was refused, 2 wrong usage or no agent running.',
    )
    .action(async (names: string[], options: RunOptions) => {
      const { runDrills } = await import('./drill-run.ts');
      await runDrills(names, options);
    });
  drill
    .command('history')
    .description('list the drills that were run from this node, each compared with former runs of the same drill')
    .addOption(storedOption())
    .option('--json', 'print one JSON object per line')
    .action(async (options: HistoryOptions) => {
      const { runHistory } = await import('./drill-run.ts');
      runHistory(options);
    });
}

function targetOptions(command: Command): Command {
  return command
    .option('--target <node>', 'node to do it to; default: the one that carries the most traffic')
    .option(
      '--accept-outage',
      'even if no other node is active: those that were drained or withdrawn before are no reason against it',
    );
}

/** @throws InvalidArgumentError */
function parseMs(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('expected a number of milliseconds');
  return Number(text);
}
