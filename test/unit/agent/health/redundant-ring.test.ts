import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  isRedundantRing,
  readRing,
  RedundantRingProbe,
  type RingState,
} from '../../../../src/agent/health/redundant-ring.ts';
import type { RingNode } from '../../../../src/linux/hsr-nodes.ts';
import { SystemCallError } from '../../../../src/linux/libc.ts';

const NODE: RingNode = {
  address: '02:00:00:00:00:02',
  received: [
    { interface: 8, ageMs: 10 },
    { interface: 3, ageMs: 20 },
  ],
};

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
    write('class/net/hsr0/ifindex', '7\n');
    for (const [port, carrier, index] of [
      ['eth1', '1\n', '3\n'],
      ['eth2', '0\n', '8\n'],
    ] as const) {
      mkdirSync(join(root, `class/net/hsr0/lower_${port}`));
      write(`class/net/${port}/carrier`, carrier);
      write(`class/net/${port}/ifindex`, index);
    }
    const ports = [
      { name: 'eth1', index: 3, carrier: true },
      { name: 'eth2', index: 8, carrier: false },
    ];
    const nodesOf = (index: number): RingNode[] => (index === 7 ? [NODE] : []);
    expect(await readRing('hsr0', root, nodesOf)).toEqual({ ports, nodes: [NODE] });
    const refused = (): never => {
      throw new SystemCallError('ask', 'netlink', 22);
    };
    expect(await readRing('hsr0', root, refused)).toEqual({ ports, nodes: undefined });
    expect(isRedundantRing('hsr0', root)).toBe(true);
  });

  it('is none of these where another driver has it, or nobody', async () => {
    write('class/net/ring0/uevent', 'INTERFACE=ring0\nIFINDEX=3\n');
    expect(await readRing('ring0', root)).toBeUndefined();
    expect(await readRing('hsr0', root)).toBeUndefined();
    expect(['ring0', 'hsr0'].map((name) => isRedundantRing(name, root))).toEqual([false, false]);
  });
});

/** A ring whose driver receives from node 2 by the ports that are not cut; port A is not the first by its name. */
class SimulatedRing {
  #nowMs = 0;
  readonly carriers = [true, true];
  readonly cut = [false, false];
  readonly #seenMs = [0, 0];

  probe(): RedundantRingProbe {
    return new RedundantRingProbe('hsr0', async () => this.#state());
  }

  /** Two seconds, with a supervision frame. */
  step(): void {
    this.#nowMs += 2000;
    for (const port of [0, 1]) if (!this.cut[port]) this.#seenMs[port] = this.#nowMs;
  }

  #state(): RingState {
    const ports = ['eth2', 'eth1'].map((name, at) => ({ name, index: 2 + at, carrier: this.carriers[at] }));
    const received = (at: number) => ({ interface: 2 + at, ageMs: this.#nowMs - this.#seenMs[at] });
    const node: RingNode = { address: '02:00:00:00:00:02', received: [received(0), received(1)] };
    return { ports: ports.toReversed(), nodes: [node] };
  }
}

describe('the check of a redundant ring', () => {
  it('passes while every node is received from by both ports', async () => {
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
          expect(text).toContain(`port ${port === 0 ? 'A (eth2)' : 'B (eth1)'} receives nothing from`);
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
    expect((await ring.probe().check()).text).toBe('port eth1 has no carrier: the ring is cut');
    const alone = async (): Promise<RingState> => ({
      ports: [{ name: 'eth1', index: 3, carrier: true }],
      nodes: undefined,
    });
    expect((await new RedundantRingProbe('prp0', alone).check()).text).toContain('1 of 2 ports');
  });

  it('says nothing of interfaces of other drivers, and passes where the driver does not say more', async () => {
    const other = new RedundantRingProbe('ring0', async () => undefined);
    expect(await other.check()).toEqual({ result: 'ok', text: 'ring0 is no HSR or PRP interface' });
    const ports = ['eth1', 'eth2'].map((name, at) => ({ name, index: 2 + at, carrier: true }));
    const blind = new RedundantRingProbe('hsr0', async () => ({ ports, nodes: undefined }));
    expect((await blind.check()).text).toBe('carrier on eth1 and eth2; its table of nodes cannot be read');
  });
});
