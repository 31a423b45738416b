import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  isRedundantRing,
  readNodeTable,
  readRing,
  RedundantRingProbe,
  type RingState,
} from '../../../../src/agent/health/redundant-ring.ts';

const HSR_TABLE = `Node Table entries for (HSR) device
MAC-Address-A,    MAC-Address-B,    time_in[A], time_in[B], Address-B port, DAN-H
02:00:00:00:00:02 00:00:00:00:00:00   1000a35fc,   1000a35f0,              0,     1
02:00:00:00:00:03 00:00:00:00:00:00   1000a35aa,           0,              0,     1
`;
const PRP_ROW = '02:00:00:00:00:04 02:00:00:00:00:05  fffb12, fffb13,  2,  0,  0,  1';

describe('the table of nodes of the kernel', () => {
  it('is read for HSR and PRP, without its head', () => {
    expect(readNodeTable(HSR_TABLE)).toEqual([
      { address: '02:00:00:00:00:02', seen: ['1000a35fc', '1000a35f0'] },
      { address: '02:00:00:00:00:03', seen: ['1000a35aa', '0'] },
    ]);
    expect(readNodeTable(PRP_ROW)).toEqual([{ address: '02:00:00:00:00:04', seen: ['fffb12', 'fffb13'] }]);
    expect(readNodeTable('')).toEqual([]);
  });
});

describe('an interface in sysfs', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'ring-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, text: string): void {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  it('is read with its ports and the nodes that the driver knows', async () => {
    write('class/net/hsr0/uevent', 'DEVTYPE=hsr\nINTERFACE=hsr0\nIFINDEX=7\n');
    for (const [port, carrier] of [
      ['eth1', '1\n'],
      ['eth2', '0\n'],
    ] as const) {
      mkdirSync(join(root, `class/net/hsr0/lower_${port}`));
      write(`class/net/${port}/carrier`, carrier);
    }
    const ports = [
      { name: 'eth1', carrier: true },
      { name: 'eth2', carrier: false },
    ];
    expect(await readRing('hsr0', root)).toEqual({ ports, nodes: undefined });
    write('kernel/debug/hsr/hsr0/node_table', HSR_TABLE);
    expect((await readRing('hsr0', root))?.nodes).toHaveLength(2);
    expect(isRedundantRing('hsr0', root)).toBe(true);
  });

  it('is none of these where another driver has it, or nobody', async () => {
    write('class/net/ring0/uevent', 'INTERFACE=ring0\nIFINDEX=3\n');
    expect(await readRing('ring0', root)).toBeUndefined();
    expect(await readRing('hsr0', root)).toBeUndefined();
    expect(['ring0', 'hsr0'].map((name) => isRedundantRing(name, root))).toEqual([false, false]);
  });
});

/** A ring whose driver hears node 2 by the ports that are not cut. */
class SimulatedRing {
  nowMs = 0;
  readonly carriers = [true, true];
  readonly cut = [false, false];
  readonly #seen = ['0', '0'];

  probe(): RedundantRingProbe {
    return new RedundantRingProbe(
      'hsr0',
      async () => this.#state(),
      () => this.nowMs,
    );
  }

  /** Two seconds, with a supervision frame. */
  step(): void {
    this.nowMs += 2000;
    for (const port of [0, 1]) if (!this.cut[port]) this.#seen[port] = this.nowMs.toString(16);
  }

  #state(): RingState {
    const ports = ['eth1', 'eth2'].map((name, index) => ({ name, carrier: this.carriers[index] }));
    return { ports, nodes: [{ address: '02:00:00:00:00:02', seen: [this.#seen[0] ?? '', this.#seen[1] ?? ''] }] };
  }
}

describe('the check of a redundant ring', () => {
  it('passes while every node is heard by both ports', async () => {
    const ring = new SimulatedRing();
    const probe = ring.probe();
    for (let round = 0; round < 10; round++) {
      ring.step();
      expect(await probe.check()).toEqual({
        result: 'ok',
        text: 'carrier on eth1 and eth2; both receive from 1 nodes',
      });
    }
  });

  it.each([0, 1])(
    'names the way that is cut, though the driver goes on delivering by the other one (port %i)',
    async (port) => {
      const ring = new SimulatedRing();
      const probe = ring.probe();
      ring.step();
      await probe.check();
      ring.cut[port] = true;
      const results: string[] = [];
      for (let round = 0; round < 5; round++) {
        ring.step();
        const { result, text } = await probe.check();
        results.push(result);
        if (result === 'failed')
          expect(text).toContain(`port ${port === 0 ? 'A (eth1)' : 'B (eth2)'} receives nothing from`);
      }
      expect(results).toEqual(['ok', 'ok', 'ok', 'failed', 'failed']);
      ring.cut[port] = false;
      ring.step();
      expect((await probe.check()).result).toBe('ok');
    },
  );

  it('takes a node that is silent on both ports for one that is gone', async () => {
    const ring = new SimulatedRing();
    const probe = ring.probe();
    ring.step();
    await probe.check();
    ring.cut.fill(true);
    for (let round = 0; round < 6; round++) {
      ring.step();
      expect((await probe.check()).result).toBe('ok');
    }
  });

  it('fails at once when a port has no carrier, or is not there', async () => {
    const ring = new SimulatedRing();
    ring.carriers[1] = false;
    expect((await ring.probe().check()).text).toBe('port eth2 has no carrier: the ring is cut');
    const alone = async (): Promise<RingState> => ({ ports: [{ name: 'eth1', carrier: true }], nodes: undefined });
    expect((await new RedundantRingProbe('prp0', alone, () => 0).check()).text).toContain('1 of 2 ports');
  });

  it('says nothing of interfaces of other drivers, and passes without debugfs', async () => {
    const other = new RedundantRingProbe(
      'ring0',
      async () => undefined,
      () => 0,
    );
    expect(await other.check()).toEqual({ result: 'ok', text: 'ring0 is no HSR or PRP interface' });
    const ports = ['eth1', 'eth2'].map((name) => ({ name, carrier: true }));
    const blind = new RedundantRingProbe(
      'hsr0',
      async () => ({ ports, nodes: undefined }),
      () => 0,
    );
    expect((await blind.check()).text).toBe('carrier on eth1 and eth2; its table of nodes cannot be read');
  });
});
