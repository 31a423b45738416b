import { describe, expect, it } from 'vitest';
import { PacketArena } from '../../../../src/net/packet-arena.ts';
import { TranslatorCounters } from '../../../../src/translator/counters.ts';
import type { PairOffload, SettledFlow } from '../../../../src/translator/flow-offload.ts';
import { SiitTranslator } from '../../../../src/translator/siit/siit-translator.ts';
import { HEADROOM } from '../../../../src/translator/translator.ts';
import { formatIp, parseIp } from '../oracle-address.ts';
import { echo, FLAGS, icmpError, tcp, udp } from '../packets.ts';
import { OPTIONS } from './options.ts';

/** 192.0.2.33 in the pool6, and the EAM's 1.0.0.5. */
const [REMOTE6, REMOTE4] = ['2001:db8:1c0:2:21::', '192.0.2.33'];
const [SERVER6, SERVER4] = ['2001:db8:3::5', '1.0.0.5'];
const OUT = { src: SERVER6, dst: REMOTE6 };
const BACK = { src: REMOTE4, dst: SERVER4 };

class Remembered implements PairOffload {
  isAttached = true;
  readonly entered: string[] = [];
  forgotten = 0;

  enterPair({ client, server6, pool4, server4 }: SettledFlow, from: 4 | 6): void {
    this.entered.push(`${from}: ${formatIp(client)} ${formatIp(server6)} ${four(pool4)} ${four(server4)}`);
  }

  forgetPairs(): void {
    this.forgotten += 1;
  }
}

function four(address: number): string {
  return [24, 16, 8, 0].map((bits) => (address >>> bits) & 255).join('.');
}

const PAIR = `${formatIp(parseIp(SERVER6))} ${formatIp(parseIp(REMOTE6))} ${SERVER4} ${REMOTE4}`;

function siit(changes: Partial<typeof OPTIONS> = {}): {
  way: Remembered;
  send: (bytes: Uint8Array) => void;
  translator: SiitTranslator;
} {
  const way = new Remembered();
  const translator = new SiitTranslator(
    { ...OPTIONS, ...changes },
    { emit: () => undefined },
    new TranslatorCounters(),
  );
  translator.usePairOffload(way);
  const arena = new PacketArena(70_000);
  const send = (bytes: Uint8Array): void => {
    arena.bytes.set(bytes, HEADROOM);
    translator.process(arena, HEADROOM, bytes.length, { partialChecksum: false, gsoType: 0, gsoSize: 0 }, 0);
  };
  return { way, send, translator };
}

describe('a pair of addresses that has settled', () => {
  it('enters with its second packet, each direction for itself, whatever it carries', () => {
    const { way, send } = siit();
    send(tcp(OUT, 80, 4000, FLAGS.syn));
    expect(way.entered).toEqual([]);
    send(udp(OUT, 53, 4001));
    expect(way.entered).toEqual([`6: ${PAIR}`]);
    send(echo(BACK, 8, 1));
    send(tcp(BACK, 4000, 80, FLAGS.fin));
    expect(way.entered).toEqual([`6: ${PAIR}`, `4: ${PAIR}`]);
  });

  it('enters again when many of its packets have come the slow path all the same', () => {
    const { way, send } = siit();
    for (let time = 0; time < 2 + 64; time++) send(udp(OUT, 53, 4001));
    expect(way.entered).toEqual([`6: ${PAIR}`, `6: ${PAIR}`]);
  });

  it('is none for what the fast path would not take: errors, fragments, options, hairpins', () => {
    const { way, send } = siit({ eam: [...OPTIONS.eam, { v6: '2001:db8:4::/120', v4: '192.0.2.0/24' }] });
    const fragment = udp(BACK, 4001, 53);
    fragment[6] = 0x20;
    fragment[10] += 0x20;
    for (let time = 0; time < 8; time++) {
      send(icmpError(OUT, 1, 0, 0, udp({ src: REMOTE6, dst: SERVER6 }, 1, 2)));
      send(fragment);
      // To 192.0.2.33, which is another mapping's: it turns back here.
      send(udp(OUT, 53, 4001));
    }
    expect(way.entered).toEqual([]);
  });

  it('is none any more when the configuration changes', () => {
    const { way, send, translator } = siit();
    for (let time = 0; time < 3; time++) send(udp(OUT, 53, 4001));
    expect(translator.reconfigure({ ...OPTIONS, eam: [{ v6: '2001:db8:3::/120', v4: '1.0.1.0/24' }] })).toEqual([]);
    expect(way.forgotten).toBe(1);
    for (let time = 0; time < 3; time++) send(udp(OUT, 53, 4001));
    expect(way.entered.at(-1)).toContain('1.0.1.5');
    expect(way.entered.length).toBe(2);
  });
});
