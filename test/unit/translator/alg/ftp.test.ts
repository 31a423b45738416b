import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { Counter } from '../../../../src/translator/counters.ts';
import type { Nat64Options } from '../../../../src/translator/options.ts';
import { Bench, OPTIONS, type Outcome } from '../nat64/bench-of-one.ts';
import { parseIp } from '../oracle-address.ts';
import { checksumOf, checksumsAreRight, packet } from '../packets.ts';

const CLIENT = '2001:db8::5';
const SERVER6 = '64:ff9b::c633:6407';
const SERVER = '198.51.100.7';
const CONTROL_PORT = 40_001;
const ACK = 16;
const SYN = 2;

const bytesOf = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const u16 = (value: number): number[] => [value >> 8, value & 255];
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];
const at32 = (bytes: Uint8Array, at: number): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);

/** One end of a TCP connection: it counts what it has sent and what has come in order, and nothing else. */
class Endpoint {
  next: number;
  expected = 0;
  received = '';

  constructor(initial: number) {
    this.next = initial;
  }

  segment(flags: number, text: string): number[] {
    const header = [...u32(this.next), ...u32(this.expected), 0x50, flags, 16, 0, 0, 0, 0, 0];
    this.next += text.length + (flags & SYN ? 1 : 0);
    return [...header, ...bytesOf(text)];
  }

  /** Takes a segment in; what is in order is read, what came before is ignored, and a gap is an error. */
  take(bytes: Uint8Array): void {
    const tcp = bytes[0] >> 4 === 6 ? 40 : 20;
    const sequence = at32(bytes, tcp + 4);
    const payload = bytes.subarray(tcp + 20);
    if (bytes[tcp + 13] & SYN) {
      this.expected = sequence + 1;
      return;
    }
    assert.equal(at32(bytes, tcp + 8), this.next);
    assert.ok(sequence <= this.expected);
    const fresh = payload.subarray(this.expected - sequence);
    this.received += String.fromCharCode(...fresh);
    this.expected += fresh.length;
  }

  read(): string {
    const text = this.received;
    this.received = '';
    return text;
  }
}

/** A control connection through a translator, with an end on either side that knows nothing of it. */
class Conversation {
  readonly bench: Bench;
  readonly client = new Endpoint(1000);
  readonly server = new Endpoint(900_000);
  pool4 = '';
  port4 = 0;

  constructor(options: Partial<Nat64Options> = {}) {
    this.bench = new Bench({ ftpAlg: true, ...options });
    this.command('', SYN);
    this.reply('', SYN | ACK);
  }

  /** The packet of a command, as the client sends it. */
  outgoing(text: string, flags = ACK): Uint8Array {
    const ports = [...u16(CONTROL_PORT), ...u16(21)];
    return packet({ src: CLIENT, dst: SERVER6 }, 6, [...ports, ...this.client.segment(flags, text)], 16);
  }

  incoming(text: string, flags = ACK): Uint8Array {
    const ports = [...u16(21), ...u16(this.port4)];
    return packet({ src: SERVER, dst: this.pool4 }, 6, [...ports, ...this.server.segment(flags, text)], 16);
  }

  /** Sends a packet of the client's. @returns what the server has read */
  carryOut(bytes: Uint8Array, bench = this.bench): string {
    const [out = new Uint8Array()] = bench.send(bytes).out;
    assert.ok(checksumsAreRight(out));
    this.pool4 = out.slice(12, 16).join('.');
    this.port4 = (out[20] << 8) | out[21];
    this.server.take(out);
    return this.server.read();
  }

  carryIn(bytes: Uint8Array, bench = this.bench): string {
    const [out = new Uint8Array()] = bench.send(bytes).out;
    assert.ok(checksumsAreRight(out));
    this.client.take(out);
    return this.client.read();
  }

  command(text: string, flags = ACK): string {
    return this.carryOut(this.outgoing(text, flags));
  }

  reply(text: string, flags = ACK): string {
    return this.carryIn(this.incoming(text, flags));
  }

  /** The server opens a data connection to what a PORT command names. */
  connectTo(port: string, from = 20): Outcome {
    const [a, b, c, d, high, low] = /^PORT ([\d,]+)/.exec(port)?.[1]?.split(',').map(Number) ?? [];
    const segment = [...u16(from), high, low, ...new Endpoint(5).segment(SYN, '')];
    return this.bench.send(packet({ src: SERVER, dst: [a, b, c, d].join('.') }, 6, segment, 16));
  }

  count(name: keyof typeof Counter): number {
    return this.bench.translator.counters.values[Counter[name]];
  }
}

const LONG_227 = '227 Entering Passive Mode (198,51,100,7,20,162).\r\n';

describe('passive mode', () => {
  it('s6-epsv-becomes-pasv-and-227-becomes-229', () => {
    const ftp = new Conversation();
    expect(ftp.reply('220 hello\r\n')).toBe('220 hello\r\n');
    expect(ftp.command('EPSV\r\n')).toBe('PASV\r\n');
    expect(ftp.reply(LONG_227)).toMatch(/^229 .*\(\|\|\|5282\|\)\r\n$/);
    expect(ftp.command('epsv 2\r\n')).toMatch(/^PASV *\r\n$/);
    expect(ftp.reply('227 =1,2,3,4,0,21\r\n')).toMatch(/^229 .*\(\|\|\|21\|\)\r\n$/);
    expect(ftp.command('RETR file\r\n')).toBe('RETR file\r\n');
    expect(ftp.count('ftpCommands')).toBe(2);
    expect(ftp.count('ftpReplies')).toBe(2);
  });

  it('s6-every-227-has-room-for-its-229', () => {
    const ftp = new Conversation();
    for (const port of [1, 21, 1023, 1024, 9999, 10_000, 65_535]) {
      ftp.command('EPSV\r\n');
      expect(ftp.reply(`227 1,1,1,1,${port >> 8},${port & 255}\r\n`)).toMatch(
        new RegExp(`^229 .*\\(\\|\\|\\|${port}\\|\\)`),
      );
    }
  });

  it('s6-other-replies-and-the-clients-own-pasv-stay', () => {
    const ftp = new Conversation();
    ftp.command('EPSV\r\n');
    expect(ftp.reply('425 no\r\n')).toBe('425 no\r\n');
    expect(ftp.command('PASV\r\n')).toBe('PASV\r\n');
    expect(ftp.reply(LONG_227)).toBe(LONG_227);
    expect(ftp.reply('227-1,2,3,4,5,6\r\n')).toBe('227-1,2,3,4,5,6\r\n');
    expect(ftp.reply('227 300,2,3,4,5,6\r\n')).toBe('227 300,2,3,4,5,6\r\n');
  });

  it.each([
    ['EPSV ALL', '504 unknown argument'],
    ['epsv all', '504 unknown argument'],
    ['EPSV 1', '522 use IPv6, (2)'],
    ['EPSV 3  ', '522 use IPv6, (2)'],
    ['EPSV 22', '522 use IPv6, (2)'],
  ])('s6-%s-does-not-reach-the-server-and-is-refused', (command, answer) => {
    const ftp = new Conversation();
    expect(ftp.command(`${command}\r\n`)).toMatch(/^NOOP *\r\n$/);
    expect(ftp.reply('200 NOOP command successful\r\n').trimEnd()).toBe(answer);
    ftp.command(`${command}\r\n`);
    expect(ftp.reply('200 OK\r\n')).toBe(`${answer.slice(0, 4)}  \r\n`);
    expect(ftp.command('EPSV\r\n')).toBe('PASV\r\n');
    expect(ftp.reply(LONG_227)).toMatch(/^229/);
  });

  it.each(['EPSV x', 'EPSV 1 x', 'EPSV ', 'EPSVX 1'])('an EPSV that is none stays: %s', (command) => {
    const ftp = new Conversation();
    const plain = command.trimEnd() === 'EPSV';
    expect(ftp.command(`${command}\r\n`)).toBe(plain ? 'PASV \r\n' : `${command}\r\n`);
    expect(ftp.reply('200 fine\r\n')).toBe('200 fine\r\n');
  });
});

describe('active mode', () => {
  const EPRT = `EPRT |2|${CLIENT}|50000|\r\n`;

  it('s7-eprt-becomes-port-and-the-server-gets-through', () => {
    const ftp = new Conversation({ addressDependentFiltering: true });
    const port = ftp.command(EPRT);
    expect(port).toMatch(new RegExp(`^PORT ${ftp.pool4.replaceAll('.', ',')},\\d+,\\d+ *\r\n$`));
    const { verdict, out } = ftp.connectTo(port);
    expect([verdict, out.length]).toEqual(['translated', 1]);
    expect(out[0].slice(24, 40)).toEqual(Uint8Array.from(parseIp(CLIENT)));
    expect((out[0][42] << 8) | out[0][43]).toBe(50_000);
    expect(ftp.connectTo(port, 3333).verdict).toBe('translated');
  });

  it('s7-a-repeated-segment-names-the-same-port', () => {
    const ftp = new Conversation();
    const bytes = ftp.outgoing(EPRT);
    const first = ftp.bench.send(bytes).out[0];
    const second = ftp.bench.send(bytes).out[0];
    expect(second.subarray(20)).toEqual(first.subarray(20));
    expect(ftp.bench.translator.sessionCount).toBe(2);
  });

  it('s7-the-mapping-goes-when-nobody-connects', () => {
    const ftp = new Conversation();
    ftp.command(EPRT);
    expect(ftp.bench.translator.bibCount).toBe(2);
    ftp.bench.wait(245_000);
    ftp.bench.records();
    expect(ftp.bench.translator.bibCount).toBe(1);
  });

  it.each([
    ['another host', 'EPRT |2|2001:db8::6|50000|\r\n'],
    ['a port of a service', `EPRT |2|${CLIENT}|25|\r\n`],
    ['no address', 'EPRT |2||50000|\r\n'],
    ['no end', `EPRT |2|${CLIENT}|50000\r\n`],
    ['too large a port', `EPRT |2|${CLIENT}|65536|\r\n`],
    ['more than a port', `EPRT |2|${CLIENT}|50000|x\r\n`],
    ['another end', `EPRT |2|${CLIENT}|50000.\r\n`],
    ['no port', `EPRT |2|${CLIENT}||\r\n`],
    ['an end that only the next line has', `EPRT |2|${CLIENT}\r\nSITE |50000|\r\n`],
  ])('an EPRT with %s stays, and makes no mapping', (_, line) => {
    const ftp = new Conversation();
    expect(ftp.command(line)).toBe(line);
    expect([ftp.count('ftpUnfit'), ftp.bench.translator.bibCount]).toEqual([1, 1]);
  });

  it('an EPRT of IPv4 stays', () => {
    const ftp = new Conversation();
    expect(ftp.command('EPRT |1|192.0.2.5|50000|\r\n')).toBe('EPRT |1|192.0.2.5|50000|\r\n');
    expect(ftp.count('ftpUnfit')).toBe(0);
  });

  it('stays where the client may have no more ports', () => {
    const limits = { ...OPTIONS.limits, portsPerClient: 1 };
    const ftp = new Conversation({ limits });
    expect(ftp.command(EPRT)).toBe(EPRT);
    expect([ftp.count('ftpUnfit'), ftp.bench.translator.bibCount]).toEqual([1, 1]);
  });
});

describe('ALGS', () => {
  it('s11-tells-and-switches', () => {
    const ftp = new Conversation();
    const ask = (command: string, reply = '200 NOOP command successful\r\n'): string => {
      expect(ftp.command(`${command}\r\n`)).toMatch(/^NOOP *\r\n$/);
      return ftp.reply(reply).trimEnd();
    };
    expect(ask('ALGS STATUS64')).toBe('216 EPSVEPRT');
    expect(ask('ALGS DISABLE64')).toBe('216 NONE');
    expect(ftp.command('EPSV\r\n')).toBe('EPSV\r\n');
    expect(ask('ALGS STATUS64')).toBe('216 NONE');
    expect(ask('algs enable64')).toBe('216 EPSVEPRT');
    expect(ftp.command('EPSV\r\n')).toBe('PASV\r\n');
    expect(ftp.reply(LONG_227)).toMatch(/^229/);
    expect(ask('ALGS WHAT')).toBe('504 unknown argument');
    expect(ask('ALGS STATUS64', '500 what?\r\n')).toBe('500 what?');
    expect(ask('ALGS STATUS64', '200 OK\r\n')).toBe('200 OK');
  });
});

describe('a control connection', () => {
  it('s5-is-left-alone-once-security-is-agreed-on', () => {
    const ftp = new Conversation();
    expect(ftp.command('AUTH TLS\r\nEPSV\r\n')).toBe('AUTH TLS\r\nEPSV\r\n');
    ftp.reply('502 no\r\n');
    ftp.reply('500 no\r\n');
    expect(ftp.command('EPSV\r\n')).toBe('PASV\r\n');
    ftp.reply('425 no\r\n');
    ftp.command('AUTH TLS\r\n');
    ftp.reply('234 go\r\n');
    expect(ftp.command('EPSV\r\n')).toBe('EPSV\r\n');
    expect(ftp.reply(LONG_227)).toBe(LONG_227);
  });

  it.each([
    ['200 go', true],
    ['399 go on', true],
    ['199 wait', false],
    ['400 no', false],
  ])('s5-is-agreed-on-by-a-reply-that-says-so: %s', (reply, agreed) => {
    const ftp = new Conversation();
    ftp.command('AUTH TLS\r\n');
    ftp.reply(`${reply}\r\n`);
    expect(ftp.command('EPSV\r\n')).toBe(agreed ? 'EPSV\r\n' : 'PASV\r\n');
  });

  it.each(['150 wait', '199 wait', '300 what', '20 short', '2x0 none'])(
    's11-has-a-reply-of-its-own-only-in-place-of-a-success: %s',
    (reply) => {
      const ftp = new Conversation();
      ftp.command('ALGS STATUS64\r\n');
      expect(ftp.reply(`${reply} ${' '.repeat(20)}\r\n`)).toBe(`${reply} ${' '.repeat(20)}\r\n`);
    },
  );

  it('has lines that end with CR and LF, and no others', () => {
    const ftp = new Conversation();
    for (const text of ['EPSV\n', 'EPSV\rEPSV\r', 'EPSV\n\r']) expect(ftp.command(text)).toBe(text);
  });

  it('may have several lines in a segment, and lines over several segments, which stay', () => {
    const ftp = new Conversation();
    expect(ftp.command('USER x\r\nEPSV\r\nEPSV\r\nPWD\r\n')).toBe('USER x\r\nPASV\r\nPASV\r\nPWD\r\n');
    expect(ftp.command('EP') + ftp.command('SV\r\n')).toBe('EPSV\r\n');
    for (const spaces of [124, 125, 400]) {
      const line = `EPSV${' '.repeat(spaces)}\r\n`;
      expect(ftp.command(line)).toBe(spaces > 124 ? line : line.replace('EPSV', 'PASV'));
    }
    const long = `STOR ${'x'.repeat(1200)}\r\n`;
    expect(ftp.command(`${long}EPSV\r\n`)).toBe(`${long}EPSV\r\n`);
  });

  it('s5-keeps-the-urgent-pointer', () => {
    const ftp = new Conversation();
    const urgent = ftp.outgoing('EPSV\r\n', ACK | 0x20);
    urgent.set(u16(5), 40 + 18);
    urgent.set([0, 0], 40 + 16);
    const pseudo = [...urgent.subarray(8, 40), 0, 0, 0, urgent.length - 40, 0, 0, 0, 6, ...urgent.subarray(40)];
    urgent.set(u16(checksumOf(pseudo)), 40 + 16);
    const [out] = ftp.bench.send(urgent).out;
    expect(checksumsAreRight(out)).toBe(true);
    expect([out[20 + 13], out[20 + 19], String.fromCharCode(...out.subarray(40))]).toEqual([0x30, 5, 'PASV\r\n']);
  });

  it('keeps its order through lost and repeated segments', () => {
    const ftp = new Conversation();
    const lost = ftp.outgoing('EPSV\r\n');
    ftp.bench.send(lost);
    expect(ftp.carryOut(lost)).toBe('PASV\r\n');
    expect(ftp.carryOut(lost)).toBe('');
    const reply = ftp.incoming(LONG_227);
    ftp.bench.send(reply);
    const seen = ftp.carryIn(reply);
    expect(seen).toMatch(/^229 .*5282/);
    expect(ftp.carryIn(reply)).toBe('');
  });

  it('goes on at another node that knows only the session', () => {
    const ftp = new Conversation();
    ftp.command('EPSV\r\n');
    const other = new Bench({ ftpAlg: true, slot: 2 });
    other.translator.setPeerAlive(1, true);
    other.apply(ftp.bench.records());
    other.translator.takeOver(1);
    other.wait(1000);
    expect(ftp.carryIn(ftp.incoming(LONG_227), other)).toMatch(/^229 .*5282/);
    expect(ftp.carryOut(ftp.outgoing('EPSV\r\n'), other)).toBe('PASV\r\n');
  });

  it('is not looked into with the option off, nor on another port', () => {
    const off = new Conversation({ ftpAlg: false });
    expect(off.command('EPSV\r\n')).toBe('EPSV\r\n');
  });
});
