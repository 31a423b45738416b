import { beforeEach, describe, expect, it } from 'vitest';
import { BfdAnnouncer } from '../../../src/frr/bfd-announcer.ts';
import { GateError, type PeerGate } from '../../../src/frr/gate/peer-gates.ts';
import { GatedAnnouncer, type GateUse } from '../../../src/frr/gated-announcer.ts';
import { LastResort } from '../../../src/frr/last-resort.ts';
import { SimulatedBfdd } from './simulated-bfdd.ts';

/** A gate that does what it is told, unless the kernel has none. */
class SimulatedGate implements PeerGate {
  state: 'open' | 'shut' | 'absent' = 'absent';
  readonly stopped = 0;
  /** Packets from the router; counted only while they are watched. */
  packets = 0;
  counts = false;
  broken = '';
  readonly story: string[] = [];

  set(open: boolean): void {
    if (this.broken !== '') throw new GateError(this.broken);
    this.state = open ? 'open' : 'shut';
    this.story.push(this.state);
  }

  watchArrivals(on: boolean): void {
    this.counts = on && this.broken === '';
  }

  get arrived(): number | undefined {
    return this.counts ? this.packets : undefined;
  }

  end(how: 'leave' | 'detach'): void {
    this.story.push(how);
    if (how === 'detach') this.state = 'absent';
  }
}

let bfdd: SimulatedBfdd;
let gate: SimulatedGate;
let nowMs = 0;
beforeEach(() => {
  [bfdd, gate, nowMs] = [new SimulatedBfdd(), new SimulatedGate(), 0];
});

function gated(use: Partial<GateUse> = {}): GatedAnnouncer {
  const peers = [{ peer: '10.0.0.1', interface: 'up0' }];
  const inner = new BfdAnnouncer({ upstream: 'core', peers, methods: ['bfd-remove'], verifyMs: 40 }, bfdd);
  return new GatedAnnouncer(inner, gate, { first: true, beside: true, allowedMs: 1000, ...use }, () => nowMs);
}

async function seen(one: GatedAnnouncer): Promise<string[]> {
  return (await one.observe()).sessions.map(({ observed, state }) => `${observed} ${state}`);
}

describe('an upstream behind a gate', () => {
  it('is withdrawn by the gate alone, and FRR is left as it is', async () => {
    const one = gated();
    await one.announce('announced');
    expect([gate.state, bfdd.open]).toEqual(['open', ['10.0.0.1']]);
    const told = bfdd.transactions.length;
    await one.withdraw();
    expect([gate.state, bfdd.open, bfdd.transactions.length]).toEqual(['shut', ['10.0.0.1'], told]);
    expect(await seen(one)).toEqual(['withdrawn blocked']);
    expect(one.isAs('withdrawn', await one.observe())).toBe(true);
    expect(one.isAs('announced', await one.observe())).toBe(false);
    await one.announce('announced');
    expect([gate.state, await seen(one)]).toEqual(['open', ['announced up']]);
  });

  it('is withdrawn when FRR hangs or is gone', async () => {
    const one = gated({ first: false });
    await one.announce('announced');
    bfdd.hanging = true;
    await one.withdraw();
    expect(gate.state).toBe('shut');
    const observed = await one.observe();
    expect(observed.sessions[0]).toMatchObject({ observed: 'withdrawn', state: 'blocked' });
    expect(one.isAs('withdrawn', observed)).toBe(true);
  });

  it('is withdrawn by FRR first where the gate is not the first method', async () => {
    const one = gated({ first: false });
    await one.announce('announced');
    await one.withdraw();
    expect([gate.state, bfdd.open]).toEqual(['open', []]);
  });

  it('goes on with FRR alone where the kernel has no gate', async () => {
    gate.broken = 'EPERM';
    const one = gated();
    await one.announce('announced');
    expect((await one.observe()).gateProblem).toBe('EPERM');
    expect(one.isAs('announced', await one.observe())).toBe(true);
    await one.withdraw();
    expect(bfdd.open).toEqual([]);
    gate.broken = '';
    await one.announce('announced');
    expect(await one.observe()).not.toHaveProperty('gateProblem');
  });

  it('is announced by the gate where that is its only method', async () => {
    const one = gated({ beside: false });
    await one.announce('announced');
    expect([gate.state, bfdd.open]).toEqual(['open', ['10.0.0.1']]);
    await one.withdraw();
    expect(await seen(one)).toEqual(['withdrawn blocked']);
  });

  it('is not announced without the gate where that is its only method', async () => {
    gate.broken = 'EPERM';
    await expect(gated({ beside: false }).announce('announced')).rejects.toThrow('EPERM');
    expect(bfdd.open).toEqual([]);
  });

  it('gets its gate again when somebody has taken it away', async () => {
    const one = gated();
    await one.announce('announced');
    gate.state = 'absent';
    expect(one.isAs('announced', await one.observe())).toBe(false);
    gate.broken = 'EBUSY';
    nowMs = 5000;
    await one.announce('announced');
    expect(one.isAs('announced', await one.observe())).toBe(true); // it is tried again later
    nowMs += 10_000;
    expect(one.isAs('announced', await one.observe())).toBe(false);
  });

  it('says so and ends the daemon when nothing has an effect', async () => {
    let ended = 0;
    const lastResort = new LastResort('bfdd', async () => ++ended > 0);
    const one = gated({ lastResort });
    await one.announce('announced');
    await one.observe();
    [gate.broken, gate.state, bfdd.hanging] = ['the map is gone', 'absent', true];
    await expect(one.withdraw()).rejects.toThrow(/NOT known to be withdrawn.*the map is gone; bfdd was ended/);
    expect(ended).toBe(1);
  });

  it('keeps the daemon when the gate could be shut', async () => {
    const lastResort = new LastResort('bfdd', async () => expect.unreachable());
    const one = gated({ first: false, lastResort });
    await one.announce('announced');
    bfdd.hanging = true;
    await one.withdraw();
    expect(gate.state).toBe('shut');
  });

  it('loses its gate at the end only when FRR has nothing left to announce', async () => {
    const one = gated();
    await one.announce('announced');
    await one.withdraw();
    bfdd.hanging = true;
    await one.retire();
    expect([gate.state, bfdd.open]).toEqual(['shut', ['10.0.0.1']]);
    bfdd.hanging = false;
    await one.retire();
    expect([gate.state, bfdd.open]).toEqual(['absent', []]);
    one.close();
    expect(gate.story.slice(-2)).toEqual(['detach', 'leave']);
  });

  /** Packets arrive at this rate for a while. */
  async function passes(one: GatedAnnouncer, ms: number, packetsPerSecond: number): Promise<void> {
    for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 200) {
      gate.packets += packetsPerSecond / 5;
      await one.observe();
    }
  }

  it('counts as withdrawn while packets may still be under way, and when they stop', async () => {
    const one = gated();
    await one.announce('announced');
    await one.withdraw();
    await passes(one, 1000, 500);
    expect(one.isAs('withdrawn', await one.observe())).toBe(true);
    await passes(one, 3000, 0);
    expect([one.proof.state, one.proof.lastArrivalMs]).toEqual(['quiet', 800]);
    await one.withdraw();
  });

  it('is not withdrawn when packets go on, whatever FRR and the gate show, and that is said', async () => {
    const one = gated({ first: false });
    await one.announce('announced');
    await one.withdraw();
    await passes(one, 6000, 50);
    const observed = await one.observe();
    expect(observed.sessions[0]).toMatchObject({ observed: 'announced' });
    expect(observed.sessions[0]?.detail).toMatch(/\b[45]0 packets a second still arrive/);
    expect(one.isAs('withdrawn', observed)).toBe(false);
    await expect(one.withdraw()).rejects.toThrow(/core is NOT withdrawn: packets .* still arrive/);
  });

  it('sets the interface down at last, where the file allows it, and brings no session up that was never ended by AdminDown', async () => {
    const down: string[] = [];
    const interfaceDown = { use: async () => (down.push('up0') > 0 ? 'up0 was set down' : undefined) };
    const one = gated({ first: false, interfaceDown });
    await one.announce('announced');
    await one.withdraw();
    expect(one.isProven).toBe(false);
    await passes(one, 6000, 50);
    const before = bfdd.transactions.length;
    await expect(one.withdraw()).rejects.toThrow(/; done: its BFD and BGP packets are stopped$/);
    await passes(one, 1200, 50);
    await expect(one.withdraw()).rejects.toThrow(/packets are stopped, up0 was set down$/);
    expect([down, bfdd.transactions.length]).toEqual([['up0'], before]);
    await passes(one, 3000, 0);
    expect(one.isProven).toBe(true);
  });

  it('lets the guard end the daemon only where no gate shuts by itself', async () => {
    const process = { pidFile: '/run/frr/bfdd.pid', name: 'bfdd' };
    const lastResort = new LastResort('bfdd', async () => true, undefined, undefined, process);
    const one = gated({ lastResort });
    await one.announce('announced');
    await one.observe();
    expect(one.guardOrders()).toHaveLength(1);
    expect(one.guardOrders()[0]).not.toHaveProperty('daemon');
    gate.state = 'absent';
    expect(one.guardOrders()[0]).toHaveProperty('daemon', process);
  });

  it('does one thing after the other while packets go on, each with its time, and begins anew at the next drain', async () => {
    const ended: string[] = [];
    const lastResort = new LastResort('bfdd', async () => ended.push('bfdd') > 0);
    const one = gated({ first: false, sendsAdminDown: true, lastResort });
    await one.announce('announced');
    await one.withdraw();
    await passes(one, 6000, 50);
    const opened: string[] = [];
    const said: string[] = [];
    for (let times = 0; times < 4; times++) {
      const failure = one.withdraw();
      await expect(failure).rejects.toThrow(/NOT withdrawn/);
      said.push(await failure.then(String, (error: Error) => error.message.replace(/.*; done: /, '')));
      opened.push(`${gate.state} ${bfdd.open.join()}`);
      // Not before what was done has had its time.
      await expect(one.withdraw()).rejects.toThrow(said.at(-1));
      await passes(one, 1200, 50);
    }
    expect(opened[0]).toBe('shut ');
    expect(bfdd.transactions.some((commands) => commands.includes('no shutdown'))).toBe(true);
    expect(said).toEqual([
      'its BFD and BGP packets are stopped',
      'its BFD and BGP packets are stopped, the session was brought up and ended without a word',
      'its BFD and BGP packets are stopped, the session was brought up and ended without a word, bfdd was ended, so that the router loses it',
      said[2],
    ]);
    expect(ended).toEqual(['bfdd']);
    await passes(one, 3000, 0);
    expect(one.isAs('withdrawn', await one.observe())).toBe(true);
    await one.withdraw();
    await one.announce('announced');
    expect([one.proof.state, gate.counts]).toEqual(['none', false]);
  });

  /** The same peers, withdrawn by the strongest method of FRR. */
  function strongest(): BfdAnnouncer {
    const peers = [{ peer: '10.0.0.1', interface: 'up0' }];
    return new BfdAnnouncer({ upstream: 'core', peers, methods: ['bfd-remove'], verifyMs: 40 }, bfdd);
  }

  /** What was done for each withdrawal that the traffic has refuted. */
  async function escalated(one: GatedAnnouncer, times: number): Promise<string[]> {
    const done: string[] = [];
    for (let time = 0; time < times; time++) {
      const text = await one.withdraw().then(String, (error: Error) => error.message);
      done.push(text.includes('; done: ') ? text.replace(/.*; done: /, '') : '');
      await passes(one, 1200, 50);
    }
    return done;
  }

  it('is withdrawn by the strongest method of FRR in its time, and says what it has tried in vain', async () => {
    const one = gated({
      stronger: strongest(),
      interfaceDown: {
        use: async () => {
          throw new Error('EPERM');
        },
      },
    });
    await one.announce('announced');
    await one.withdraw();
    expect(bfdd.open).toEqual(['10.0.0.1']);
    await passes(one, 6000, 50);
    const done = await escalated(one, 3);
    expect(done).toEqual([
      'withdrawn by the strongest method of FRR',
      'withdrawn by the strongest method of FRR, in vain: EPERM',
      'withdrawn by the strongest method of FRR, in vain: EPERM',
    ]);
    expect(bfdd.open).toEqual([]);
  });

  it('has nothing to do where nothing is left, and says just that packets go on', async () => {
    const one = gated();
    await one.announce('announced');
    await one.withdraw();
    await passes(one, 6000, 50);
    expect(await escalated(one, 2)).toEqual(['', '']);
  });

  it('is withdrawn by FRR when its gate does not shut after the session was brought up', async () => {
    const one = gated({ first: false, sendsAdminDown: true, stronger: strongest() });
    await one.announce('announced');
    await one.withdraw();
    await passes(one, 6000, 50);
    await escalated(one, 1);
    gate.broken = 'the map is gone';
    gate.state = 'absent';
    const [done] = await escalated(one, 1);
    expect(done).toContain('the session was brought up and ended without a word');
    expect(bfdd.open).toEqual([]);
  });

  it('does not begin its proof anew while it has one', async () => {
    const one = gated();
    await one.announce('announced');
    await one.withdraw();
    await passes(one, 3000, 0);
    expect(one.proof.state).toBe('quiet');
    await one.withdraw();
    expect(one.proof.state).toBe('quiet');
  });

  it('counts arrivals when that is asked for, though the node announces', async () => {
    const one = gated();
    await one.announce('announced');
    expect(gate.counts).toBe(false);
    expect(one.countArrivals()).toBe(0);
    gate.packets += 7;
    expect([one.countArrivals(), one.proof.state, one.isProven]).toEqual([7, 'none', true]);
    await one.announce('announced');
    expect(gate.counts).toBe(false);
    gate.broken = 'EPERM';
    expect(one.countArrivals()).toBeUndefined();
  });

  it('leaves a daemon alone that announces nothing, and has not when it last answered', async () => {
    let ended = 0;
    const lastResort = new LastResort('bfdd', async () => ++ended > 0);
    const one = gated({ first: false, lastResort });
    [gate.broken, bfdd.hanging] = ['EPERM', true];
    await expect(one.withdraw()).rejects.toThrow(/EPERM$/);
    expect(ended).toBe(0);
  });

  it('gives up its gate for others, and shows what FRR said behind it', async () => {
    const one = gated();
    await one.announce('announced');
    await one.withdraw();
    bfdd.hanging = true;
    const [session] = (await one.observe()).sessions;
    expect(session?.detail).toBe('its packets are stopped at the interface; bfdd has not answered');
    bfdd.hanging = false;
    expect((await one.observe()).sessions[0]?.detail).toBe('its packets are stopped at the interface');
    bfdd.peers.clear();
    expect((await one.observe()).sessions[0]).toMatchObject({ observed: 'withdrawn', state: 'missing' });
    one.release();
    expect([gate.state, gate.story.at(-1)]).toEqual(['absent', 'detach']);
    // Without a gate there is nothing to take away at the end.
    gate.story.length = 0;
    await one.retire();
    expect(gate.story).toEqual([]);
  });
});
