import { afterEach, describe, expect, test, vi } from 'vitest';
import type { EventInput } from '../../../../src/agent/events/event-log.ts';
import type { LogReport, LogSettings } from '../../../../src/agent/nat-log/log-messages.ts';
import { type LoggedInstance, NatLog } from '../../../../src/agent/nat-log/nat-log.ts';
import type { SinkStatus } from '../../../../src/agent/nat-log/sink.ts';
import { natLog as natLogSchema } from '../../../../src/cluster/nat-log-schema.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { IDENTITY, SOURCE } from './sample-events.ts';

/**
 * In place of the thread: with each configuration it reports what the configuration's revision holds, and of each list
 * of rings it reports the instances, as if it had trimmed something.
 */
const THREAD = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (call) => {
      if (call.kind === 'sources') {
        const reason = call.sources.map(({ source }) => source.instance).join(' ') || 'none';
        parentPort.postMessage({ kind: 'trimmed', sink: 'rings', reason });
      }
      if (call.kind === 'stop' && call.limitMs > 0) process.exit(0);
      if (call.kind !== 'configure') return;
      const reports = JSON.parse(call.settings.revision);
      if (reports === 'fail') throw new Error('out of order');
      for (const report of reports) parentPort.postMessage(report);
    });
  `)}`,
);

const clock = { timeout: 20_000, interval: 5 };
let log: NatLog | undefined;
afterEach(async () => log?.stop(1));

function settings(reports: readonly LogReport[] | 'fail'): LogSettings {
  const config = natLogSchema.parse({ sinks: { file: { kind: 'file' } } });
  const whole = { identity: IDENTITY, cluster: 'campus', nodes: ['gw1'], instances: {}, directory: '/nowhere', config };
  return { ...whole, revision: JSON.stringify(reports) };
}

function sink(changes: Partial<SinkStatus> = {}): LogReport {
  const file: SinkStatus = {
    name: 'file',
    kind: 'file',
    target: '/var/log',
    problem: '',
    lines: 5,
    bytes: 500,
    waiting: 0,
    losses: [],
    ...changes,
  };
  return { kind: 'status', sinks: [file], events: 5, cpuMs: 12 };
}

const instance = (name: string, kind = 'nat64'): LoggedInstance & { rings: SharedArrayBuffer[] } => ({
  name,
  kind,
  rings: [new SharedArrayBuffer(64)],
  eventRings() {
    return this.rings;
  },
});

function setUp(reports: readonly LogReport[] = [sink()], instances: readonly LoggedInstance[] = []) {
  const time = new SimulatedClock();
  const events: EventInput[] = [];
  const world = {
    clock: time,
    instances: () => instances,
    sourceOf: (name: string) => ({ ...SOURCE, instance: name }),
    addEvent: (event: EventInput) => void events.push(event),
  };
  const made = new NatLog(settings(reports), world, THREAD);
  log = made;
  made.start();
  const told = (code: string): unknown[] => events.filter((event) => event.code === code).map(({ reason }) => reason);
  const rings = (): unknown[] => told('nat-log-trimmed');
  /** Waits until the thread has been given these lists of rings, the last of which follows what it was told before. */
  const given = (...lists: string[]): Promise<void> =>
    vi.waitFor(() => expect(rings()).toEqual(lists.map((list) => `sink rings: ${list}`)), clock);
  return { time, events, made, told, given };
}

describe('the thread of the NAT log', () => {
  test('is given the rings of the instances with sessions when they change, and not again', async () => {
    const internet = instance('internet');
    const instances = [internet, instance('servers', 'siit')];
    const { time, told, given } = setUp([sink()], instances);
    await given('internet');
    await time.advance(2000);
    // A worker that was restarted has another ring.
    internet.rings = [new SharedArrayBuffer(64)];
    await time.advance(250);
    await given('internet', 'internet');
    instances.push(instance('lab'));
    await time.advance(250);
    await given('internet', 'internet', 'internet lab');
    internet.rings = [...internet.rings, new SharedArrayBuffer(64)];
    await time.advance(250);
    await given('internet', 'internet', 'internet lab', 'internet internet lab');
    await time.advance(2000);
    expect(told('nat-log-trimmed')).toHaveLength(4);
  });

  test('is given them once more with another configuration, which it begins with', async () => {
    const { made, given } = setUp([sink()], [instance('internet')]);
    await given('internet');
    made.configure(settings([sink({ name: 'other' })]));
    await given('internet', 'internet');
    expect(made.status()).toMatchObject([{ name: 'other', problem: '', losing: false }]);
    expect(made.measured()).toMatchObject({ sinks: [{ name: 'other', lines: 5 }], cpuMs: 12 });
  });

  test('that says nothing for 5 s is a problem of each sink, until it speaks', async () => {
    const { time, made, told, given } = setUp();
    await given('none');
    await time.advance(5000);
    expect(made.status()[0]?.problem).toBe('');
    await time.advance(500);
    const silent = 'the thread of the NAT log does not answer';
    expect(made.status()[0]?.problem).toBe(silent);
    expect(told('nat-log-lost')).toEqual([`sink file (/var/log): ${silent}; 0 lines were lost so far`]);
    made.configure(settings([sink()]));
    await given('none', 'none');
    await time.advance(250);
    expect(told('nat-log-restored')).toEqual(['sink file (/var/log): 0 lines were lost so far']);
  });

  test('that fails is a problem with its reason, and started again after a second', async () => {
    const { time, made, given } = setUp([sink()], [instance('internet')]);
    await given('internet');
    made.configure(settings('fail'));
    const failed = 'the thread of the NAT log has failed: out of order';
    await vi.waitFor(() => expect(made.status()[0]?.problem).toBe(failed), clock);
    // Its end comes after its error. The next thread is given what is configured then.
    made.configure(settings([sink({ lines: 9 })]));
    await vi.waitFor(async () => {
      await time.advance(1000);
      expect(made.status()).toMatchObject([{ problem: '', lines: 9 }]);
    }, clock);
    await given('internet', 'internet');
  });

  test('is waited for when it ends, and ended at the limit and a second if it does not', async () => {
    const { time, made, given } = setUp();
    await given('none');
    let ended = false;
    // This one does not end by itself.
    const stopped = made.stop(0).finally(() => {
      ended = true;
    });
    await time.advance(999);
    expect(ended).toBe(false);
    await time.advance(1);
    await stopped;
    expect(made.status()[0]?.problem).toBe('');
    await time.advance(60_000);
    expect(made.status()[0]?.problem).toBe('');
  });
});

describe('what an operator hears of the NAT log', () => {
  test('is that a sink loses lines, once, with their number; and that it loses none any more', async () => {
    const losses = [
      { reason: 'ring', lines: 5 },
      { reason: 'queue', lines: 7 },
    ] as const;
    const { time, made, told, given } = setUp([sink({ losses })]);
    await given('none');
    expect(made.status()).toMatchObject([{ losing: true, problem: '' }]);
    await time.advance(250);
    expect(told('nat-log-lost')).toEqual(['sink file (/var/log): 12 lines were lost so far']);
    await time.advance(9000);
    made.configure(settings([sink({ losses })]));
    await given('none', 'none');
    expect(made.status()).toMatchObject([{ losing: true }]);
    await time.advance(750);
    expect(made.status()).toMatchObject([{ losing: false, problem: '' }]);
    expect(told('nat-log-restored')).toEqual(['sink file (/var/log): 12 lines were lost so far']);
    expect(told('nat-log-lost')).toHaveLength(1);
  });

  test('is why a sink cannot write, with what it has lost', async () => {
    const problem = 'ENOSPC: no space left on device';
    const { time, made, told, given } = setUp([sink({ problem })]);
    await given('none');
    await time.advance(500);
    expect(made.status()).toMatchObject([{ problem, losing: false }]);
    expect(told('nat-log-lost')).toEqual([`sink file (/var/log): ${problem}; 0 lines were lost so far`]);
  });

  test('is how full pools are, who is refused, and which file was not finished', async () => {
    const pool = { kind: 'watermark', instance: 'internet', percent: 91, pool4: '192.0.2.0/24', protocol: 6 } as const;
    const refusal = { kind: 'refusal', instance: 'internet', packets: 3, client: '2001:db8::9' } as const;
    const { events, given } = setUp([
      { ...pool, above: true },
      { ...pool, above: false, percent: 79 },
      { ...refusal, reason: 'poolExhausted' },
      { kind: 'failed', sink: '', reason: 'x.jsonl: EISDIR' },
    ]);
    await given('none');
    const ports = (percent: number): string =>
      `${percent} % of the ports of pool4 entry 192.0.2.0/24 that this node allocates from are in use`;
    expect(events.filter(({ code }) => code !== 'nat-log-trimmed')).toMatchObject([
      { code: 'pool-high', subject: 'instance', name: 'internet', to: 'pool fills', reason: ports(91) },
      { code: 'pool-low', subject: 'instance', name: 'internet', to: 'pool has space', reason: ports(79) },
      { code: 'pool-exhausted', name: 'internet', reason: expect.stringContaining('2001:db8::9') },
      { code: 'nat-log-unfinished', subject: 'node', name: 'gw1', reason: 'x.jsonl: EISDIR' },
    ]);
  });
});
