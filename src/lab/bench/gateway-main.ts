import { Instance } from '../../dataplane/instance.ts';
import type { InstanceOptions } from '../../dataplane/instance-options.ts';
import type { LogSettings } from '../../agent/nat-log/log-messages.ts';
import { NatLog } from '../../agent/nat-log/nat-log.ts';
import { systemClock } from '../../replication/clock.ts';

/*
 * The data plane of a gateway without an agent: starts the instance whose options are the first argument (JSON), and a
 * NAT log where the second one is its settings, prints `ready`, prints the instance's summary for each line on its
 * standard input, and stops it at the input's end.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the course starts this program
const options = JSON.parse(process.argv[2] ?? '') as InstanceOptions;
const instance = new Instance(options);
instance.onFailure((reason) => {
  process.stderr.write(`the worker ended: ${reason}\n`);
  process.exit(1);
});
// The records are discarded, because the outbox must not fill up.
const records = new Uint8Array(1024 * 64);
instance.onRecords(() => {
  while (instance.takeRecords(records, 0, 1024) > 0);
});
await instance.start();
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the course starts this program
const settings = JSON.parse(process.argv[3] ?? 'null') as LogSettings | null;
const natLog = settings === null ? undefined : openNatLog(settings);
natLog?.start();
process.stdout.write('ready\n');
process.stdin.on('data', () =>
  process.stdout.write(`${JSON.stringify({ ...instance.summary(), natLog: natLog?.measured() })}\n`),
);
process.stdin.on('end', () => {
  instance.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});

function openNatLog(of: LogSettings): NatLog {
  const limits = { sessions: 0, perClient: 0, high: 0, low: 0 };
  return new NatLog(of, {
    clock: systemClock,
    instances: () => [instance],
    sourceOf: (name) => ({ ...of.identity, instance: name, number: 1, limits }),
    addEvent: ({ reason }) => process.stderr.write(`${reason}\n`),
  });
}
