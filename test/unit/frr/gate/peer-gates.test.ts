import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Assembler } from '../../../../src/linux/bpf-assembler.ts';
import { GATE_NAME } from '../../../../src/frr/gate/gate-layout.ts';
import {
  GateError,
  type GatedPeer,
  GateLease,
  interfacesTo,
  KernelPeerGate,
  type LeaseKeeper,
} from '../../../../src/frr/gate/peer-gates.ts';
import { interfaceIndex, loadProgram } from '../../../../src/linux/bpf.ts';
import { attachedPrograms, attachProgram } from '../../../../src/linux/bpf-attachments.ts';
import { libc } from '../../../../src/linux/libc.ts';
import { inNetworkNamespace } from '../../../../src/linux/network-place.ts';

const asRoot = process.getuid?.() === 0;
if (!asRoot) process.stdout.write('the gate is not tried at an interface: that needs root\n');

const SPACE = `isthmus-gate-${process.pid}`;
const PATH = `/run/netns/${SPACE}`;

function ip(...words: string[]): void {
  execFileSync('ip', words);
}

/** At the egress of an interface, the first to see a packet first. */
function programs(name: string): string[] {
  return inNetworkNamespace(PATH, () => attachedPrograms(interfaceIndex(name), 'egress').map((one) => one.name));
}

describe.runIf(asRoot).each(['tcx', 'clsact'])('gates in front of peers, attached by %s', (hook) => {
  let lease: GateLease;
  const opened: KernelPeerGate[] = [];

  function gateFor(address: string, name = 'up0', by = lease): KernelPeerGate {
    // An empty name: the configuration has none.
    const at = name === '' ? {} : { interface: name };
    const gate = new KernelPeerGate([{ address, ...at, kinds: ['bfd'] }], () => PATH, by);
    opened.push(gate);
    return gate;
  }

  beforeAll(() => {
    vi.stubEnv('ISTHMUS_TRAFFIC_HOOK', hook);
    ip('netns', 'add', SPACE);
    ip('-n', SPACE, 'link', 'set', 'lo', 'up');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    ip('netns', 'delete', SPACE);
  });
  beforeEach(() => {
    lease = new GateLease();
    ip('-n', SPACE, 'link', 'add', 'up0', 'type', 'veth', 'peer', 'name', 'far0');
    ip('-n', SPACE, 'addr', 'add', '10.0.0.2/24', 'dev', 'up0');
    ip('-n', SPACE, 'link', 'set', 'far0', 'up');
    ip('-n', SPACE, 'link', 'set', 'up0', 'up');
  });
  afterEach(() => {
    for (const gate of opened.splice(0)) gate.end('leave');
    ip('-n', SPACE, 'link', 'delete', 'up0');
  });

  it('are attached shut, opened, shut, and taken away', () => {
    const gate = gateFor('10.0.0.1');
    expect(gate.state).toBe('absent');
    gate.prepare();
    expect([gate.state, programs('up0')]).toEqual(['shut', [GATE_NAME]]);
    gate.set(true);
    gate.prepare();
    expect([gate.state, programs('up0')]).toEqual(['open', [GATE_NAME]]);
    gate.set(false);
    expect(gate.state).toBe('shut');
    gate.end('detach');
    expect([gate.state, programs('up0')]).toEqual(['absent', []]);
  });

  it('find the interface by the route where the configuration names none', () => {
    gateFor('10.0.0.1', '').prepare();
    expect(programs('up0')).toEqual([GATE_NAME]);
    expect(() => gateFor('192.0.2.1', '').prepare()).toThrow(/192\.0\.2\.1: no route leads to it/);
    expect(() => gateFor('10.0.0.1', 'nope0').prepare()).toThrow(/there is no interface nope0/);
  });

  it('stay when their process is gone, and give way to the next one for the same peers', () => {
    const former = gateFor('10.0.0.1', 'up0', new GateLease());
    former.set(true);
    former.end('leave');
    expect(programs('up0')).toEqual([GATE_NAME]);
    const next = gateFor('10.0.0.1');
    next.prepare();
    expect([next.state, programs('up0')]).toEqual(['shut', [GATE_NAME]]);
  });

  it('leave gates for other peers alone, and programs of others', () => {
    const code = new Assembler();
    code.compute('mov', 'r0', -1);
    code.exit();
    const foreign = loadProgram('traffic', code.assemble(), 'GPL', 'foreign');
    inNetworkNamespace(PATH, () => attachProgram(foreign, interfaceIndex('up0'), 'egress', 'up0'));
    libc.close(foreign);
    const other = gateFor('10.0.0.9', 'up0', new GateLease());
    other.set(true);
    const gate = gateFor('10.0.0.1');
    gate.prepare();
    expect(programs('up0')).toEqual([GATE_NAME, GATE_NAME, 'foreign']);
    gate.end('detach');
    expect(programs('up0')).toEqual([GATE_NAME, 'foreign']);
    expect(other.state).toBe('open');
  });

  it('of one process stand beside each other for the same peer, and each can shut it', () => {
    const [bfd, bgp] = [gateFor('10.0.0.1'), gateFor('10.0.0.1')];
    bfd.set(true);
    bgp.set(true);
    expect(programs('up0')).toHaveLength(2);
    bfd.set(false);
    expect([bfd.state, bgp.state]).toEqual(['shut', 'open']);
  });

  it('come back as they were when somebody has removed them, or the interface', () => {
    const gate = gateFor('10.0.0.1');
    gate.set(true);
    execFileSync('ip', ['-n', SPACE, 'link', 'delete', 'up0']);
    ip('-n', SPACE, 'link', 'add', 'up0', 'type', 'veth', 'peer', 'name', 'far0');
    gate.prepare();
    expect([gate.state, programs('up0')]).toEqual(['open', [GATE_NAME]]);
  });

  it('shut at once where it cannot be looked whether one is missing', () => {
    let path: string | undefined = PATH;
    const gate = new KernelPeerGate([{ address: '10.0.0.1', interface: 'up0', kinds: ['bfd'] }], () => path, lease);
    opened.push(gate);
    gate.set(true);
    path = undefined;
    expect(() => gate.set(false)).toThrow(GateError);
    expect(gate.state).toBe('shut');
    path = PATH;
    gate.set(true);
    expect(gate.state).toBe('open');
  });

  it('say that they cannot be where FRR does not run', () => {
    const gate = new KernelPeerGate([{ address: '10.0.0.1', kinds: ['bfd'] }], () => undefined, lease);
    expect(() => gate.prepare()).toThrow(GateError);
    expect(() => gate.set(false)).toThrow(GateError);
  });

  it('in front of several peers open and shut together, and are missing as long as one of them is', () => {
    const peers = ['10.0.0.1', '10.0.0.3'].map((address) => ({ address, interface: 'up0', kinds: ['bfd'] as const }));
    const gate = new KernelPeerGate(peers, () => PATH, lease);
    opened.push(gate);
    gate.set(true);
    expect([gate.state, programs('up0')]).toEqual(['open', [GATE_NAME]]);
    gate.set(false);
    expect([gate.state, gate.stopped]).toEqual(['shut', 0]);
    const [first] = peers;
    const none = new KernelPeerGate(
      [...peers, { address: '10.0.0.4', interface: 'nope0', kinds: ['bfd'] }],
      () => PATH,
      lease,
    );
    opened.push(none);
    expect(() => none.set(true)).toThrow('there is no interface nope0');
    expect([none.state, new KernelPeerGate([], () => PATH, lease).state]).toEqual(['absent', 'absent']);
    expect(interfacesIn([...peers, { address: '10.0.0.4', interface: 'nope0', kinds: ['bfd'] }])).toEqual(['up0']);
    expect(
      interfacesIn([
        { address: first.address, kinds: ['bfd'] },
        { address: '192.0.2.1', kinds: ['bfd'] },
      ]),
    ).toEqual(['up0']);
  });

  it('refuse more peers than the map of an interface takes, and are not open then', () => {
    const many = Array.from({ length: 1025 }, (_, index) => `10.${index >> 8}.${index & 255}.9`);
    const gate = new KernelPeerGate(
      many.map((address) => ({ address, interface: 'up0', kinds: ['bfd'] as const })),
      () => PATH,
      lease,
    );
    opened.push(gate);
    expect(() => gate.set(true)).toThrow('and not open');
    expect(gate.state).toBe('absent');
  });

  it('are in front of an interface that has no Ethernet header too', () => {
    ip('-n', SPACE, 'tuntap', 'add', 'tun0', 'mode', 'tun');
    ip('-n', SPACE, 'link', 'set', 'tun0', 'up');
    try {
      const gate = gateFor('10.0.0.1', 'tun0');
      gate.set(true);
      expect([gate.state, programs('tun0')]).toEqual(['open', [GATE_NAME]]);
    } finally {
      ip('-n', SPACE, 'link', 'delete', 'tun0');
    }
    const left = opened.at(-1);
    expect(() => left?.set(true)).toThrow('there is no interface tun0');
  });

  it('find the interface of an IPv6 peer by its route', () => {
    ip('-n', SPACE, 'addr', 'add', '2001:db8:a::2/64', 'dev', 'up0', 'nodad');
    gateFor('2001:db8:a::1', '').prepare();
    expect(programs('up0')).toEqual([GATE_NAME]);
    expect(() => gateFor('2001:db8:b::1', '').prepare()).toThrow('no route leads to it');
  });

  it('count what still arrives for the prefixes of the node, while that is wanted', () => {
    const FAR = `${SPACE}-far`;
    ip('netns', 'add', FAR);
    try {
      ip('-n', SPACE, 'link', 'set', 'far0', 'netns', FAR);
      ip('-n', FAR, 'addr', 'add', '10.0.0.1/24', 'dev', 'far0');
      ip('-n', FAR, 'addr', 'add', '2001:db8:a::1/64', 'dev', 'far0', 'nodad');
      ip('-n', FAR, 'link', 'set', 'far0', 'up');
      ip('-n', FAR, 'neigh', 'replace', '10.0.0.2', 'lladdr', '02:00:00:00:00:02', 'dev', 'far0');
      ip('-n', FAR, 'neigh', 'replace', '2001:db8:a::2', 'lladdr', '02:00:00:00:00:02', 'dev', 'far0');
      ip('-n', FAR, 'route', 'add', 'default', 'via', '10.0.0.2');
      ip('-n', FAR, '-6', 'route', 'add', 'default', 'via', '2001:db8:a::2');
      /** So many packets go out; nobody answers. */
      const send = (to: string, count: number): void => {
        const words = ['netns', 'exec', FAR, 'ping', '-q', '-i', '0.01', '-c', `${count}`, '-W', '0.01', to];
        expect(() => execFileSync('ip', words, { stdio: 'pipe' })).toThrow('Command failed');
      };
      const prefixes = ['198.51.100.0/24', '64:ff9b::/96', 'no prefix'];
      const gate = new KernelPeerGate(
        [{ address: '10.0.0.1', interface: 'up0', kinds: ['bfd'] }],
        () => PATH,
        lease,
        prefixes,
      );
      opened.push(gate);
      expect(gate.arrived).toBeUndefined();
      gate.watchArrivals(true);
      expect(gate.arrived).toBe(0);
      send('198.51.100.7', 3);
      send('64:ff9b::1', 2);
      send('198.51.101.7', 4);
      send('64:ff9c::1', 1);
      expect(gate.arrived).toBe(5);
      gate.watchArrivals(true);
      expect(gate.arrived).toBe(5);
      gate.watchArrivals(false);
      expect(gate.arrived).toBeUndefined();
      gate.watchArrivals(true);
      expect(gate.arrived).toBe(0);
      gate.end('detach');
      expect(gate.arrived).toBeUndefined();
      const without = gateFor('10.0.0.1');
      without.watchArrivals(true);
      expect(without.arrived).toBeUndefined();
    } finally {
      // Else both ends would go with the namespace, some time later.
      ip('-n', FAR, 'link', 'set', 'far0', 'netns', SPACE);
      ip('netns', 'delete', FAR);
    }
  });

  it('count nothing where that cannot be, and say nothing of it', () => {
    const gate = new KernelPeerGate([{ address: '10.0.0.1', kinds: ['bfd'] }], () => undefined, lease, [
      '192.0.2.0/24',
    ]);
    gate.watchArrivals(true);
    expect(gate.arrived).toBeUndefined();
  });
});

function interfacesIn(peers: readonly GatedPeer[]): string[] {
  return inNetworkNamespace(PATH, () => interfacesTo(peers));
}

describe.runIf(asRoot)('the lease of the gates', () => {
  it('is passed to whoever renews it, whether that comes before its map or after', () => {
    const renewed: string[] = [];
    const keeper = (name: string): LeaseKeeper => ({ keepLease: (fd) => void renewed.push(`${name} ${fd}`) });
    const lease = new GateLease();
    lease.keptBy(keeper('one'));
    expect(renewed).toEqual([]);
    const { fd } = lease.map;
    expect(lease.map.fd).toBe(fd);
    expect(renewed).toEqual([`one ${fd}`]);
    lease.keptBy(keeper('two'));
    expect(renewed).toEqual([`one ${fd}`, `two ${fd}`]);
  });
});
