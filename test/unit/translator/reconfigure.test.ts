import { describe, expect, it } from 'vitest';
import { PacketArena } from '../../../src/net/packet-arena.ts';
import { TranslatorCounters } from '../../../src/translator/counters.ts';
import { SiitTranslator } from '../../../src/translator/siit/siit-translator.ts';
import { HEADROOM, Verdict } from '../../../src/translator/translator.ts';
import { Bench, OPTIONS } from './nat64/bench-of-one.ts';
import { formatIp } from './oracle-address.ts';
import { udp } from './packets.ts';
import { OPTIONS as SIIT } from './siit/options.ts';

const pool = (prefix: string) => [{ prefix, ports: [1024, 65535], protocols: ['udp' as const], clients: [] }] as const;

/** The address and port that a client is masked with. */
function mappingOf(bench: Bench, clientPort: number): { address: string; port: number; verdict: string } {
  const { out, verdict } = bench.send(udp({ src: '2001:db8::5', dst: '64:ff9b::198.51.100.7' }, clientPort, 53, [1]));
  const [packet = new Uint8Array(28)] = out;
  return { address: formatIp(packet.slice(12, 16)), port: (packet[20] << 8) | packet[21], verdict };
}

describe('a pool that is replaced while sessions go on', () => {
  it('keeps their mappings, in both directions, and gives new ones from the new pool only', () => {
    const bench = new Bench({ pool4: pool('192.0.2.0/30') });
    const before = mappingOf(bench, 5000);
    for (const next of ['203.0.113.0/30', '198.18.0.0/30', '203.0.113.0/30']) {
      expect(bench.translator.reconfigure({ ...OPTIONS, pool4: pool(next) })).toEqual([]);
    }
    expect(mappingOf(bench, 5000)).toEqual(before);
    const back = bench.send(udp({ src: '198.51.100.7', dst: before.address }, 53, before.port, [9]));
    expect(back.verdict).toBe('translated');
    for (let port = 6000; port < 6050; port++) expect(mappingOf(bench, port).address).toMatch(/^203\.0\.113\.[0-3]$/);
    const stranger = bench.send(udp({ src: '198.51.100.7', dst: before.address }, 53, before.port ^ 1, [9]));
    expect(stranger).toMatchObject({ verdict: 'dropped', reason: 'dropNoMapping' });
  });
});

describe('mappings of a stateless instance', () => {
  it('are replaced at once', () => {
    const out: string[] = [];
    const sink = {
      emit: ({ bytes }: PacketArena, offset: number) => void out.push(formatIp(bytes.slice(offset + 12, offset + 16))),
    };
    const translator = new SiitTranslator(SIIT, sink, new TranslatorCounters());
    const arena = new PacketArena(70_000);
    const send = (): number => {
      const bytes = udp({ src: '2001:db8:3::5', dst: '2001:db8:1c0:2:21::' }, 1, 2, [3]);
      arena.bytes.set(bytes, HEADROOM);
      return translator.process(arena, HEADROOM, bytes.length, { partialChecksum: false, gsoType: 0, gsoSize: 0 }, 0);
    };
    expect(send()).toBe(Verdict.translated);
    const eam = [{ v6: '2001:db8:3::/120', v4: '203.0.113.0/24' }];
    expect(translator.reconfigure({ ...SIIT, eam })).toEqual([]);
    expect(send()).toBe(Verdict.translated);
    expect(out).toEqual(['1.0.0.5', '203.0.113.5']);
    expect(translator.reconfigure(OPTIONS)).toEqual(['the kind of an instance cannot change while it runs']);
  });
});
