import { describe, expect, it } from 'vitest';
import { joinPoolUse, PoolUse } from '../../../../../src/translator/nat64/ports/pool-use.ts';
import { udp } from '../../packets.ts';
import { Bench, OPTIONS } from '../bench-of-one.ts';

const POOL4 = [
  { ...OPTIONS.pool4[0], prefix: '192.0.2.0/28' },
  { ...OPTIONS.pool4[0], prefix: '198.51.100.200/32', protocols: ['tcp'], ports: [5000, 5099] } as const,
];
const from = (port: number): Uint8Array => udp({ src: '2001:db8::1', dst: '64:ff9b::198.51.100.7' }, port, 53);

describe('the use of the pool in shared memory', () => {
  it('is that of the slices of the node, as the other thread reads it', () => {
    const bench = new Bench({ ...OPTIONS, pool4: POOL4, slot: 2, slots: 4 });
    const memory = new SharedArrayBuffer(PoolUse.BYTES);
    const [worker, agent] = [new PoolUse(memory), new PoolUse(memory)];
    expect(agent.read()).toEqual([]);
    for (let port = 1000; port < 1007; port++) bench.send(from(port));
    worker.write(bench.translator.poolSlices);
    const slice = { entry: 0, slot: 2, address: 0xc000_0200, addresses: 16, firstPort: 17_152, ports: 16_128 };
    expect(agent.read()).toEqual([
      { ...slice, protocol: 'tcp', size: 258_048, used: 0 },
      { ...slice, protocol: 'udp', size: 258_048, used: 7 },
      { ...slice, protocol: 'icmp', size: 258_048, used: 0 },
      {
        entry: 1,
        slot: 2,
        address: 0xc633_64c8,
        addresses: 1,
        firstPort: 5025,
        ports: 25,
        protocol: 'tcp',
        size: 25,
        used: 0,
      },
    ]);
  });

  it('follows a reload, and a slice that is taken over', () => {
    const bench = new Bench({ ...OPTIONS, pool4: POOL4, slot: 2, slots: 4 });
    const use = new PoolUse();
    bench.send(from(1000));
    use.write(bench.translator.poolSlices);
    expect(bench.translator.reconfigure({ ...OPTIONS, pool4: POOL4, slot: 2, slots: 4, slices: [2, 3] })).toEqual([]);
    bench.send(from(1001));
    use.write(bench.translator.poolSlices);
    const rows = use.read();
    const names = rows.map(({ entry, slot, protocol }) => `${entry}/${slot}/${protocol}`);
    expect(names.join(' ')).toBe('0/2/tcp 0/2/udp 0/2/icmp 0/3/tcp 0/3/udp 0/3/icmp 1/2/tcp 1/3/tcp');
    expect(rows.reduce((sum, { used }) => sum + used, 0)).toBe(2);
    bench.translator.reconfigure({ ...OPTIONS, pool4: POOL4, slot: 2, slots: 4, slices: [] });
    use.write(bench.translator.poolSlices);
    expect(use.read()).toEqual([]);
  });

  it('of an instance with shards is the sum of theirs', () => {
    const shards = [0, 1].map((index) => {
      const bench = new Bench({ ...OPTIONS, pool4: POOL4, slot: 1, slots: 4, shard: { index, count: 2 } });
      const use = new PoolUse();
      for (let port = 0; port <= index; port++) bench.send(from(2000 + port));
      use.write(bench.translator.poolSlices);
      return use.read();
    });
    const whole = new PoolUse();
    whole.write(new Bench({ ...OPTIONS, pool4: POOL4, slot: 1, slots: 4 }).translator.poolSlices);
    const [tcp, datagrams, ...others] = whole.read();
    expect(joinPoolUse(shards)).toEqual([tcp, { ...datagrams, used: 3 }, ...others]);
  });
});
