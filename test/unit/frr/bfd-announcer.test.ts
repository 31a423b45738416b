import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Announcements } from '../../../src/frr/announcements.ts';
import { AnnouncerOptionsError } from '../../../src/frr/announcer.ts';
import { BfdAnnouncer, type BfdAnnouncerOptions } from '../../../src/frr/bfd-announcer.ts';
import { LastResort } from '../../../src/frr/last-resort.ts';
import { SimulatedBfdd } from './simulated-bfdd.ts';

const PEERS = ['10.0.0.1', '2001:db8:a::1'];
const OPTIONS: BfdAnnouncerOptions = {
  upstream: 'core',
  peers: PEERS.map((peer) => ({ peer, interface: 'up0' })),
  methods: ['bfd-remove'],
  verifyMs: 40,
};

let bfdd: SimulatedBfdd;
beforeEach(() => {
  bfdd = new SimulatedBfdd();
});

function announcer(changes: Partial<BfdAnnouncerOptions> = {}): BfdAnnouncer {
  return new BfdAnnouncer({ ...OPTIONS, ...changes }, bfdd);
}

describe('announcements by BFD', () => {
  it('make the peers, with their timers, and remove them', async () => {
    const one = announcer({ peers: [{ peer: '10.0.0.1', interface: 'up0', detectMultiplier: 5 }] });
    await one.announce();
    expect(bfdd.transactions).toEqual([
      ['bfd', 'peer 10.0.0.1 interface up0', 'detect-multiplier 5', 'no shutdown', 'exit'],
    ]);
    await one.announce();
    expect(bfdd.transactions).toHaveLength(1);
    await one.withdraw();
    expect([...bfdd.peers]).toEqual([]);
  });

  it('never send AdminDown when they are withdrawn by removal', async () => {
    bfdd.restart({ '10.0.0.1': { shut: false } });
    const one = announcer();
    await one.withdraw();
    await one.announce();
    await one.withdraw();
    expect(bfdd.transactions.flat().filter((command) => command === 'shutdown')).toEqual([]);
    expect(bfdd.open).toEqual([]);
  });

  it('are shut where that is the method, peers too that FRR does not know', async () => {
    bfdd.restart({ '10.0.0.1': { shut: false } });
    await announcer({ methods: ['bfd-shutdown'] }).withdraw();
    expect([...bfdd.peers].map(([address, { shut }]) => [address, shut])).toEqual(PEERS.map((peer) => [peer, true]));
  });

  it('count as withdrawn only when FRR shows it', async () => {
    bfdd.late = 2;
    const patient = announcer({ verifyMs: 10_000 });
    await patient.announce();
    await patient.withdraw();
    expect((await patient.observe()).sessions.map(({ state }) => state)).toEqual(['missing', 'missing']);
    await patient.announce();
    bfdd.late = 1e6;
    const one = announcer();
    await expect(one.withdraw()).rejects.toThrow(/NOT known to be withdrawn.*10\.0\.0\.1, 2001:db8:a::1/);
  });

  it('count as announced only when FRR shows every one of them', async () => {
    bfdd.deafTo = 'peer 2001:db8:a::1';
    await expect(announcer().announce()).rejects.toThrow('FRR has not opened 2001:db8:a::1');
    bfdd.deafTo = '';
    bfdd.late = 1e6;
    await expect(announcer().announce()).rejects.toThrow('FRR has not opened 2001:db8:a::1');
  });

  it('say the peer that is still open, and that a command was refused', async () => {
    const one = announcer();
    await one.announce();
    bfdd.deafTo = 'no peer 10.0.0.1';
    await expect(one.withdraw()).rejects.toThrow(/FRR has not shut 10\.0\.0\.1 within 40 ms$/);
    bfdd.deafTo = '';
    bfdd.refuses = 'no peer';
    await one.announce();
    await expect(one.withdraw()).rejects.toThrow(/bfd-remove: .*refused/);
  });

  it('take the next method when the first has no effect', async () => {
    const one = announcer({ methods: ['bfd-remove', 'bfd-shutdown'] });
    await one.announce();
    bfdd.deafTo = 'no peer';
    await one.withdraw();
    expect(bfdd.open).toEqual([]);
    expect(bfdd.transactions.at(-1)).toContain('shutdown');
  });

  it('end bfdd only when something was announced, and no method had an effect', async () => {
    let ended = 0;
    const end = async (): Promise<boolean> => {
      ended++;
      return true;
    };
    bfdd.running = false;
    await expect(announcer({ lastResort: new LastResort('bfdd', end) }).withdraw()).rejects.toThrow(/no such socket/);
    expect(ended).toBe(0);
    bfdd.restart();
    const one = announcer({ lastResort: new LastResort('bfdd', end) });
    await one.announce();
    bfdd.hanging = true;
    await expect(one.withdraw()).rejects.toThrow(/bfdd was ended/);
    await expect(one.withdraw()).rejects.not.toThrow(/bfdd was ended/);
    expect(ended).toBe(1);
  });

  it('end nothing when the agent was itself late', async () => {
    const end = async (): Promise<boolean> => expect.unreachable();
    const one = announcer({ lastResort: new LastResort('bfdd', end, undefined, () => 200) });
    await one.announce();
    bfdd.hanging = true;
    await expect(one.withdraw()).rejects.toThrow('bfdd was not ended, since this agent was itself late by 200 ms');
  });

  it('tell the guard exactly what is open, by each method of the file', async () => {
    const remover = announcer();
    await remover.observe();
    expect(remover.guardOrders()).toEqual([]);
    await remover.announce();
    expect(remover.guardOrders()).toEqual([
      {
        socketPath: bfdd.socketPath,
        verifyMs: 40,
        steps: [
          {
            method: 'bfd-remove',
            commands: [
              'configure terminal',
              'bfd',
              'no peer 10.0.0.1 interface up0',
              'no peer 2001:db8:a::1 interface up0',
              'end',
            ],
          },
        ],
      },
    ]);
    const both = announcer({ methods: ['bfd-remove', 'bfd-shutdown'] });
    await both.observe();
    const steps = both.guardOrders()[0]?.steps ?? [];
    expect(steps.map(({ method }) => method)).toEqual(['bfd-remove', 'bfd-shutdown']);
    expect(steps[1]?.commands.filter((command) => command === 'shutdown')).toHaveLength(2);
  });

  it('are made again after FRR has forgotten them, and withdrawn after it has come up with them', async () => {
    const findings: string[] = [];
    const all = new Announcements([announcer()], { guard: undefined, onFinding: (text) => void findings.push(text) });
    await all.start();
    await all.announce();
    bfdd.restart();
    await vi.waitFor(() => expect(bfdd.open).toEqual(PEERS), { timeout: 5000 });
    await all.withdraw();
    bfdd.restart({ '10.0.0.1': { shut: false } });
    await vi.waitFor(() => expect(bfdd.open).toEqual([]), { timeout: 5000 });
    await all.stop();
    expect(findings.length).toBeGreaterThan(0);
  });

  it('are not as wanted where FRR has forgotten a peer that is to be shut; one that is removed may be forgotten', async () => {
    const shutter = announcer({ methods: ['bfd-shutdown'] });
    await shutter.withdraw();
    expect(shutter.isAs('withdrawn', await shutter.observe())).toBe(true);
    bfdd.restart();
    expect(shutter.isAs('withdrawn', await shutter.observe())).toBe(false);
    const remover = announcer({ methods: ['bfd-remove', 'bfd-shutdown'] });
    expect(remover.isAs('withdrawn', await remover.observe())).toBe(true);
    expect(remover.isAs('announced', await remover.observe())).toBe(false);
  });

  it.each([
    [{ status: 'up' }, ''],
    [{ status: 'up', diagnostic: 'control detection time expired' }, ''],
    [{ status: 'down' }, 'the router does not answer BFD'],
    [{ status: 'init', diagnostic: 'ok' }, 'the router does not answer BFD'],
    [
      { status: 'down', diagnostic: 'neighbor signaled session down', 'remote-diagnostic': 'administratively down' },
      'the router shut the BFD session down (diagnostic: neighbor signaled session down; ' +
        'diagnostic of the router: administratively down)',
    ],
  ])('are shown with what FRR shows: %j', async (status, detail) => {
    const one = announcer({ peers: [{ peer: '10.0.0.1', interface: 'up0' }, { peer: '10.0.0.9' }] });
    await one.announce();
    bfdd.status = status;
    const shown = { kind: 'bfd', observed: 'announced', state: status.status, detail };
    expect((await one.observe()).sessions).toEqual([
      { ...shown, peer: '10.0.0.1', interface: 'up0' },
      { ...shown, peer: '10.0.0.9', interface: '' },
    ]);
  });

  it('are neither announced nor withdrawn while one peer is open and one is not', async () => {
    const one = announcer({ methods: ['bfd-shutdown'] });
    await one.announce();
    const [first] = bfdd.peers.values();
    if (first !== undefined) first.shut = true;
    const seen = await one.observe();
    expect([one.isAs('announced', seen), one.isAs('withdrawn', seen)]).toEqual([false, false]);
  });

  it('cannot be without a method', () => {
    expect(() => announcer({ methods: [] })).toThrow(AnnouncerOptionsError);
  });
});
