import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../src/frr/announcer.ts';
import type { GuardNote } from '../../../../src/frr/guard/guard-note.ts';
import { GuardProcess } from '../../../../src/frr/guard/guard-process.ts';
import { formatAgentLine, type GuardLimits, type GuardLine } from '../../../../src/frr/guard/guard-protocol.ts';
import type { ProcessCondition } from '../../../../src/frr/guard/process-identity.ts';

const LIMITS: GuardLimits = {
  dyingMs: 20,
  stoppedMs: 40,
  covered: { lateMs: 100, hangMs: 400 },
  alone: { lateMs: 200, hangMs: 1000 },
  killMs: 3000,
};
const ORDER: Order = {
  socketPath: '/run/frr/bfdd.vty',
  steps: [{ method: 'bfd-remove', commands: ['no peer'] }],
  verifyMs: 500,
};

/** A guard with a machine that does as it is told. */
class Bench {
  nowMs = 1000;
  condition: ProcessCondition = 'runs';
  superseded = false;
  /** The agent has not ended by itself meanwhile. */
  killable = true;
  /** What the kernel shows of the end of the agent's process, in turn; the last one goes on. */
  ends: (number | undefined)[] = [undefined];
  oomKills: number | undefined = 3;
  /** What each next run of the withdrawal results in; the last one goes on. */
  outcomes = [true];
  orders: readonly Order[] = [];
  ended: string[] = [];
  withoutEffect: string[] = [];
  prepared = 0;
  runs = 0;
  tookMs = 0;
  killed: [number, string][] = [];
  isFenced = (): boolean => false;
  readonly fences: [string, number][] = [];
  /** The processes whose condition was asked for. */
  readonly judged = new Set<string>();
  readonly sent: GuardLine[] = [];
  readonly logged: string[] = [];
  readonly notes: [string, GuardNote][] = [];
  readonly exits: number[] = [];
  readonly guard: GuardProcess;

  constructor() {
    this.guard = new GuardProcess({
      now: () => this.nowMs,
      timeOfDay: () => 1_000_000 + this.nowMs,
      writeNote: (fence, note) => void this.notes.push([fence, note]),
      wait: async (ms) => {
        this.nowMs += ms;
      },
      log: (text) => void this.logged.push(text),
      send: (line) => void this.sent.push(line),
      exit: (status) => void this.exits.push(status),
      conditionOf: (pid, startTime) => {
        this.judged.add(`${pid} ${startTime}`);
        return this.condition;
      },
      isSuperseded: (fence, pid) => {
        this.fences.push([fence, pid]);
        return this.superseded;
      },
      killSame: (pid, startTime) => {
        this.killed.push([pid, startTime]);
        return this.killable;
      },
      endStatusOf: (pid, startTime) => {
        this.judged.add(`${pid} ${startTime}`);
        return this.ends.length > 1 ? this.ends.shift() : this.ends[0];
      },
      oomKillsNear: () => this.oomKills,
      withdrawal: (isFenced) => {
        this.isFenced = isFenced;
        return this.#withdrawal();
      },
    });
  }

  #withdrawal(): ConstructorReturn {
    const ended = (): string[] => this.ended;
    const withoutEffect = (): string[] => this.withoutEffect;
    const orders = (): Order[] => [...this.orders];
    return {
      get ended() {
        return ended();
      },
      get withoutEffect() {
        return withoutEffect();
      },
      get orders() {
        return orders().filter((order) => 'socketPath' in order);
      },
      get open() {
        return orders().length;
      },
      setOrders: (all) => {
        this.orders = all;
      },
      prepare: async () => {
        this.prepared++;
      },
      run: async () => {
        this.runs++;
        this.nowMs += this.tookMs;
        return (this.outcomes.length > 1 ? this.outcomes.shift() : this.outcomes[0]) ?? false;
      },
    };
  }

  async hello(): Promise<void> {
    await this.line({ kind: 'hello', pid: 77, startTime: '4711', limits: LIMITS, fence: '/run/gw1.lock' });
  }

  async line(line: Parameters<typeof formatAgentLine>[0]): Promise<void> {
    await this.guard.take(formatAgentLine(line).trimEnd());
  }

  /** Checks each 5 ms, as the process does. */
  async silentFor(ms: number): Promise<void> {
    for (const untilMs = this.nowMs + ms; this.nowMs < untilMs; this.nowMs += 5) await this.guard.check();
  }
}

type ConstructorReturn = ReturnType<ConstructorParameters<typeof GuardProcess>[0]['withdrawal']>;

describe('the process of the guard', () => {
  it('holds the orders that it is given, and reports them with their number', async () => {
    const bench = new Bench();
    await bench.hello();
    await bench.line({ kind: 'orders', number: 3, orders: [ORDER] });
    expect(bench.orders).toEqual([ORDER]);
    expect(bench.sent).toEqual([{ kind: 'status', orders: 3, open: 1, sockets: 1 }]);
    expect(bench.prepared).toBe(1);
    await bench.guard.report();
    expect([bench.prepared, bench.sent.length]).toEqual([2, 2]);
  });

  it('does nothing to an agent of which it has not heard, and logs a line that it does not know', async () => {
    const bench = new Bench();
    await bench.silentFor(10_000);
    await bench.guard.take('nonsense');
    expect([bench.runs, bench.killed, bench.isFenced()]).toEqual([0, [], false]);
    expect(bench.logged).toEqual(['a line of the agent was not understood']);
    expect(bench.fences).toEqual([]);
  });

  it('withdraws once when heartbeats stop, says so, and ends the agent after its time', async () => {
    const bench = new Bench();
    await bench.hello();
    bench.condition = 'dying';
    bench.tookMs = 2;
    await bench.silentFor(100);
    expect(bench.runs).toBe(1);
    const reason = "the agent's process is ending; its last heartbeat is 20 ms old";
    expect(bench.sent).toEqual([{ kind: 'withdrew', tookMs: 2, ok: true, reason }]);
    expect(bench.logged).toEqual([`${reason}; withdrawn after 2.0 ms`]);
    await bench.silentFor(2800);
    expect(bench.killed).toEqual([]);
    await bench.silentFor(300);
    expect(bench.killed).toEqual([[77, '4711']]);
    expect([...bench.judged]).toEqual(['77 4711']);
    expect(bench.logged.at(-1)).toMatch(
      /^the agent's process is ending; its last heartbeat is 30\d\d ms old; it was ended$/,
    );
    expect(bench.runs).toBe(1);
  });

  it('believes heartbeats, and that another node serves', async () => {
    const bench = new Bench();
    await bench.hello();
    for (let count = 0; count < 100; count++) {
      await bench.line({ kind: 'beat', mainAgeMs: 0, covered: false });
      await bench.silentFor(30);
    }
    expect(bench.runs).toBe(0);
    // One that runs is only late: for so long without another node, for so long with one.
    await bench.line({ kind: 'beat', mainAgeMs: 0, covered: false });
    await bench.silentFor(150);
    expect(bench.runs).toBe(0);
    await bench.line({ kind: 'beat', mainAgeMs: 0, covered: true });
    await bench.silentFor(150);
    expect(bench.runs).toBe(1);
  });

  it('reports a withdrawal that did not succeed, the methods without effect, and the daemon that it has ended', async () => {
    const bench = new Bench();
    await bench.hello();
    [bench.condition, bench.outcomes, bench.ended] = ['dying', [false], ['bfdd']];
    bench.withoutEffect = ['bfd-remove: FRR refused: bfd'];
    await bench.silentFor(50);
    expect(bench.sent).toMatchObject([{ kind: 'withdrew', ok: false }]);
    expect(bench.logged[0]).toBe('without effect: bfd-remove: FRR refused: bfd');
    expect(bench.logged[1]).toBe('bfdd did not do it and was ended');
    expect(bench.logged[2]).toContain('NOT withdrawn after');
  });

  it('ends when the agent ends in order, and does nothing more', async () => {
    const bench = new Bench();
    await bench.hello();
    await bench.line({ kind: 'end' });
    expect(bench.exits).toEqual([0]);
    bench.condition = 'dying';
    await bench.silentFor(5000);
    await bench.guard.report();
    expect([bench.runs, bench.killed, bench.sent]).toEqual([0, [], []]);
  });

  it('withdraws when the agent is gone, again and again until FRR does it', async () => {
    const bench = new Bench();
    await bench.hello();
    bench.outcomes = [false, false, true];
    await bench.guard.agentGone();
    expect([bench.runs, bench.nowMs, bench.exits]).toEqual([3, 1200, [0]]);
    // Nobody reads it any more.
    expect(bench.sent).toEqual([]);
    expect(bench.logged).toHaveLength(3);
    expect(bench.logged[2]).toBe('the agent is gone; withdrawn after 0.0 ms');
  });

  it('leaves a note for the next agent: when it withdrew, for how long, and why', async () => {
    const bench = new Bench();
    await bench.hello();
    bench.outcomes = [false, true];
    await bench.guard.agentGone();
    const note = { time: 1_001_000, pid: 77, ok: true, tookMs: 100, reason: 'the agent was gone', end: '' };
    expect(bench.notes).toEqual([['/run/gw1.lock', note]]);
  });

  it.each([
    // For a moment a process that begins to exit shows 0.
    [[0, 9, undefined], 3, 'killed by SIGKILL'],
    [[9], 4, 'killed by the kernel for want of memory (OOM killer, SIGKILL)'],
    [[9], undefined, 'killed by SIGKILL'],
    [[undefined, 0x8b], 4, 'killed by SIGSEGV: a fault of native code'],
    [[0x8600], 3, 'exited with status 134'],
    [[undefined], 4, ''],
  ])('says in it how the agent ended: %j, out of memory %j', async (ends, oomKills, end) => {
    const bench = new Bench();
    await bench.hello();
    [bench.ends, bench.oomKills] = [ends, oomKills];
    await bench.guard.agentGone();
    expect(bench.notes[0]?.[1].end).toBe(end);
    expect(bench.logged.slice(1)).toEqual(end === '' ? [] : [`the agent: ${end}`]);
  });

  it('says how the agent ended also where its parent has waited for it before it was gone', async () => {
    const bench = new Bench();
    await bench.hello();
    [bench.condition, bench.ends] = ['dying', [6, undefined]];
    await bench.silentFor(50);
    await bench.guard.agentGone();
    expect(bench.notes[0]?.[1].end).toMatch(/^killed by SIGABRT: Node.js aborted/);
  });

  it('says that it has ended a hung agent itself', async () => {
    const bench = new Bench();
    await bench.hello();
    [bench.condition, bench.ends] = ['stopped', [9]];
    await bench.silentFor(4000);
    await bench.guard.agentGone();
    expect(bench.notes[0]?.[1].end).toBe('killed by its guard (SIGKILL)');
  });

  it('leaves one that begins with the hang, where the agent ended after that', async () => {
    const bench = new Bench();
    await bench.hello();
    bench.condition = 'dying';
    await bench.silentFor(100);
    await bench.guard.agentGone();
    const [[, note] = []] = bench.notes;
    expect(note?.reason).toMatch(
      /^the agent's process is ending; its last heartbeat is \d+ ms old; the agent has ended since$/,
    );
    expect(note?.time).toBeLessThan(1_000_000 + bench.nowMs);
  });

  it('leaves one that says that it gave up, and none where another agent runs the node', async () => {
    const bench = new Bench();
    await bench.hello();
    bench.outcomes = [false];
    await bench.guard.agentGone();
    expect(bench.notes.map(([, { ok, tookMs }]) => [ok, tookMs])).toEqual([[false, 10_000]]);
    const other = new Bench();
    await other.hello();
    [other.outcomes, other.superseded] = [[false], true];
    await other.guard.agentGone();
    expect(other.notes).toEqual([]);
  });

  it('gives up after ten seconds', async () => {
    const bench = new Bench();
    await bench.hello();
    bench.outcomes = [false];
    await bench.guard.agentGone();
    expect([bench.runs, bench.nowMs, bench.exits]).toEqual([101, 11_000, [1]]);
  });

  it('leaves the node to another agent', async () => {
    const bench = new Bench();
    await bench.hello();
    expect(bench.isFenced()).toBe(false);
    [bench.outcomes, bench.superseded] = [[false], true];
    await bench.guard.agentGone();
    expect([bench.runs, bench.exits, bench.isFenced()]).toEqual([1, [0], true]);
    expect(bench.fences[0]).toEqual(['/run/gw1.lock', 77]);
    expect(bench.logged.at(-1)).toBe('another agent runs this node: nothing is left to do');
  });

  it('writes nothing any more when nobody reads', async () => {
    const bench = new Bench();
    await bench.hello();
    bench.guard.silence();
    await bench.guard.report();
    bench.condition = 'dying';
    await bench.silentFor(100);
    expect([bench.sent, bench.runs]).toEqual([[], 0]);
  });

  it('does not say that it has ended an agent that had ended by itself', async () => {
    const bench = new Bench();
    await bench.hello();
    [bench.condition, bench.killable] = ['dying', false];
    await bench.silentFor(3200);
    expect(bench.killed).toHaveLength(1);
    expect(bench.logged).toEqual([expect.stringContaining('withdrawn after')]);
  });
});
