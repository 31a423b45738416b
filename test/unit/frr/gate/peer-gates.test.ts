import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Assembler } from '../../../../src/linux/bpf-assembler.ts';
import { GATE_NAME } from '../../../../src/frr/gate/gate-layout.ts';
import { GateError, GateLease, KernelPeerGate } from '../../../../src/frr/gate/peer-gates.ts';
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

  it('say that they cannot be where FRR does not run', () => {
    const gate = new KernelPeerGate([{ address: '10.0.0.1', kinds: ['bfd'] }], () => undefined, lease);
    expect(() => gate.prepare()).toThrow(GateError);
    expect(() => gate.set(false)).toThrow(GateError);
  });
});
