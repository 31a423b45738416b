import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaptureFormatError, RawIpCapture, readCapture } from '../../../src/net/capture-file.ts';
import { udp } from '../translator/packets.ts';

const SAMPLE = udp({ src: '192.0.2.1', dst: '198.51.100.1' }, 1000, 2000, [1, 2, 3]);
const TIME = { seconds: 1_700_000_000, nanoseconds: 123_456_789 };
const LATER = { seconds: 1_700_000_001, nanoseconds: 999_999_999 };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'capture-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function pcap(options: {
  magic: number;
  little: boolean;
  link: number;
  frame: Uint8Array;
  fraction: number;
}): Uint8Array {
  const bytes = new Uint8Array(40 + options.frame.length);
  const view = new DataView(bytes.buffer);
  const { little } = options;
  view.setUint32(0, options.magic, little);
  view.setUint32(20, options.link, little);
  view.setUint32(24, 1_700_000_000, little);
  view.setUint32(28, options.fraction, little);
  view.setUint32(32, options.frame.length, little);
  view.setUint32(36, options.frame.length, little);
  bytes.set(options.frame, 40);
  return bytes;
}

describe('reading captures', () => {
  const frames: [string, number, number[]][] = [
    ['raw IP', 101, []],
    ['raw IPv4', 228, []],
    ['raw IPv6', 229, []],
    ['null', 0, [2, 0, 0, 0]],
    ['Ethernet', 1, [...Array.from({ length: 12 }, () => 7), 8, 0]],
    ['Ethernet with a VLAN tag', 1, [...Array.from({ length: 12 }, () => 7), 0x81, 0, 0, 5, 8, 0]],
    ['Ethernet with two VLAN tags', 1, [...Array.from({ length: 12 }, () => 7), 0x88, 0xa8, 0, 5, 0x81, 0, 0, 6, 8, 0]],
    ['Linux cooked', 113, [...Array.from({ length: 14 }, () => 0), 8, 0]],
    ['Linux cooked with a VLAN tag', 113, [...Array.from({ length: 14 }, () => 0), 0x81, 0, 0, 5, 8, 0]],
    ['Linux cooked 2', 276, [8, 0, ...Array.from({ length: 18 }, () => 0)]],
    ['Linux cooked 2 with a VLAN tag', 276, [0x81, 0, ...Array.from({ length: 18 }, () => 0), 0, 5, 8, 0]],
  ];
  it.each(frames)('finds the packet in %s', (_name, link, before) => {
    const frame = Uint8Array.from([...before, ...SAMPLE]);
    for (const little of [true, false]) {
      const micro = readCapture(pcap({ magic: 0xa1b2c3d4, little, link, frame, fraction: 123_500 }));
      const nano = readCapture(pcap({ magic: 0xa1b23c4d, little, link, frame, fraction: 123_500_000 }));
      const time = { ...TIME, nanoseconds: 123_500_000 };
      expect(micro).toEqual({ packets: [{ time, ip: SAMPLE, cutOff: false }], nanoseconds: false });
      expect(nano).toEqual({ ...micro, nanoseconds: true });
    }
  });

  it('leaves out what is not IP', () => {
    const arp = Uint8Array.from([...Array.from({ length: 12 }, () => 7), 8, 6, 0, 1]);
    const file = pcap({ magic: 0xa1b2c3d4, little: true, link: 1, frame: arp, fraction: 0 });
    const [packet] = readCapture(file).packets;
    expect(packet?.ip).toBeUndefined();
  });

  it('says at which byte a capture is broken', () => {
    const whole = pcap({ magic: 0xa1b2c3d4, little: true, link: 101, frame: SAMPLE, fraction: 0 });
    const offsetOf = (bytes: Uint8Array): number => {
      try {
        return readCapture(bytes).brokenEnd?.offset ?? -1;
      } catch (error) {
        if (error instanceof CaptureFormatError) return error.offset;
        throw error;
      }
    };
    expect(offsetOf(whole)).toBe(-1);
    const twice = Uint8Array.from([...whole, ...whole.subarray(24, 50)]);
    expect(offsetOf(twice)).toBe(whole.length + 16);
    expect(readCapture(twice).packets).toEqual(readCapture(whole).packets);
    expect(offsetOf(whole.subarray(0, 2))).toBe(2);
    expect(offsetOf(whole.subarray(0, 20))).toBe(20);
    expect(offsetOf(whole.subarray(0, 30))).toBe(24);
    expect(offsetOf(whole.subarray(0, 50))).toBe(40);
    expect(offsetOf(Uint8Array.from([1, 2, 3, 4]))).toBe(0);
    expect(offsetOf(pcap({ magic: 0xa1b2c3d4, little: true, link: 9, frame: SAMPLE, fraction: 0 }))).toBe(20);
  });
});

describe('against the tools of Wireshark', () => {
  it('reads pcapng as editcap writes it, and writes what tshark reads', () => {
    const out = new RawIpCapture(true);
    out.add(SAMPLE, TIME);
    out.add(udp({ src: '2001:db8::1', dst: '64:ff9b::c000:201' }, 5, 6), LATER);
    const file = join(folder, 'a.pcap');
    writeFileSync(file, out.bytes());
    const fields = ['-T', 'fields', '-e', 'frame.time_epoch', '-e', 'ip.src', '-e', 'ipv6.src', '-e', 'udp.srcport'];
    const seen = execFileSync('tshark', ['-r', file, ...fields], { encoding: 'utf8', stdio: 'pipe' });
    const lines = seen
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(lines).toEqual([
      ['1700000000.123456789', '192.0.2.1', '', '1000'],
      ['1700000001.999999999', '', '2001:db8::1', '5'],
    ]);
    const converted = join(folder, 'a.pcapng');
    execFileSync('editcap', ['-F', 'pcapng', file, converted], { stdio: 'pipe' });
    expect(readCapture(Uint8Array.from(readFileSync(converted)))).toEqual(readCapture(out.bytes()));
    expect(readCapture(out.bytes()).packets.map(({ time }) => time)).toEqual([TIME, LATER]);
    const coarse = new RawIpCapture(false);
    coarse.add(SAMPLE, TIME);
    const [only] = readCapture(coarse.bytes()).packets;
    expect(only?.time).toEqual({ ...TIME, nanoseconds: 123_456_000 });
  });
});
