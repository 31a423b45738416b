import { afterAll, beforeAll, expect, describe, it } from 'vitest';
import { mappedIpv4, peerKey } from '../../../../src/frr/gate/gate-layout.ts';
import { arrivalsProgram } from '../../../../src/frr/gate/arrivals-program.ts';
import { BpfMap, loadProgram } from '../../../../src/linux/bpf.ts';
import { runProgram } from '../../../../src/linux/bpf-attachments.ts';
import { libc } from '../../../../src/linux/libc.ts';
import { parseIpv4 } from '../../../../src/net/ipv4-address.ts';

const asRoot = process.getuid?.() === 0;
const PASSES = -1;

function frame(to: string): Uint8Array {
  const six = to.includes(':');
  const bytes = new Uint8Array(14 + 60);
  const view = new DataView(bytes.buffer);
  view.setUint16(12, six ? 0x86dd : 0x0800);
  view.setUint8(14, six ? 0x60 : 0x45);
  if (six) bytes.set(peerKey(to), 14 + 24);
  else bytes.set(peerKey(to).subarray(12), 14 + 16);
  return bytes;
}

describe.runIf(asRoot)('packets that arrive for the prefixes of a node', () => {
  let prefixes: BpfMap;
  let count: BpfMap;
  let program = -1;

  beforeAll(() => {
    prefixes = BpfMap.create({ type: 'prefixes', keySize: 20, valueSize: 4, entries: 16, name: 'test_own' });
    count = BpfMap.create({ type: 'array', keySize: 4, valueSize: 8, entries: 1, name: 'test_came' });
    for (const [bits, address] of [
      [96, peerKey('64:ff9b::')],
      [96 + 28, mappedIpv4(parseIpv4('192.0.2.0') ?? 0)],
    ] as const) {
      prefixes.key.setUint32(0, bits, true);
      new Uint8Array(prefixes.key.buffer).set(address, 4);
      if (!prefixes.put()) throw new Error('the map takes no prefix');
    }
    const instructions = arrivalsProgram({ prefixes: prefixes.fd, count: count.fd });
    program = loadProgram('traffic', instructions, 'Dual MIT/GPL', 'test_came');
  });
  afterAll(() => {
    libc.close(program);
    prefixes.close();
    count.close();
  });

  it.each([
    ['64:ff9b::1', 1n],
    ['64:ff9b::ffff:ffff', 1n],
    ['64:ff9b:1::1', 0n],
    ['192.0.2.0', 1n],
    ['192.0.2.15', 1n],
    ['192.0.2.16', 0n],
    ['::ffff:192.0.2.1', 1n], // no such packet is on any wire
    ['10.0.0.1', 0n],
  ] as const)('to %s count %s, and pass', (to, expected) => {
    expect(count.get()).toBe(true);
    const before = count.value.getBigUint64(0, true);
    expect(runProgram(program, frame(to)).verdict).toBe(PASSES);
    expect(count.get()).toBe(true);
    expect(count.value.getBigUint64(0, true) - before).toBe(expected);
  });
});
