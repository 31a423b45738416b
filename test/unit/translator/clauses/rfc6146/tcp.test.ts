import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../../../../src/translator/nat64/records/session-record.ts';
import { TcpState } from '../../../../../src/translator/nat64/tables/tcp-state.ts';
import { checksumsAreRight, FLAGS, tcp } from '../../packets.ts';
import { OPTIONS } from '../../nat64/bench-of-one.ts';
import { CLIENT, embedded, ends6, mapping, OUT, SERVER, Watched } from './mapped.ts';

const { ack, fin, rst, syn } = FLAGS;

/** A connection, and what moves it. */
class Connection extends Watched {
  readonly #mapped = mapping(this.fromClient(syn));

  fromClient(flags: number): ReturnType<Watched['send']> {
    return this.send(tcp(OUT, 4000, 80, flags));
  }

  fromServer(flags: number): ReturnType<Watched['send']> {
    return this.send(tcp({ src: SERVER, dst: this.#mapped.address }, 80, this.#mapped.port, flags));
  }

  static established(): Connection {
    const connection = new Connection();
    connection.fromServer(syn | ack);
    connection.fromClient(ack);
    return connection;
  }
}

const MINUTE = 60_000;

describe('RFC 6146 section 3.5.2, TCP', () => {
  it('s3.5.2.2-closed-v6-syn-makes-entries-and-v6-init', () => {
    const connection = new Connection();
    expect([connection.states(), connection.translator.bibCount]).toEqual([['v6Init'], 1]);
    expect(connection.endsAfter(4 * MINUTE)).toBe(true);
  });

  it('s3.5.2.2-closed-v4-syn-for-a-mapping-makes-v4-init', () => {
    const connection = Connection.established();
    const { address, port } = mapping(connection.fromClient(ack));
    const stranger = connection.send(tcp({ src: '203.0.113.9', dst: address }, 99, port, syn));
    expect(stranger.verdict).toBe('translated');
    expect(connection.states().toSorted()).toEqual(['established', 'v4Init']);
  });

  it('s3.5.2.2-closed-other-segments-pass-when-there-is-a-bib-entry', () => {
    const connection = Connection.established();
    const { address, port } = mapping(connection.fromClient(ack));
    expect(connection.send(tcp({ src: '203.0.113.9', dst: address }, 99, port, ack)).verdict).toBe('translated');
    expect(connection.send(tcp({ src: CLIENT, dst: '64:ff9b::203.0.113.8' }, 4000, 99, ack)).verdict).toBe(
      'translated',
    );
    expect(connection.translator.sessionCount).toBe(1);
  });

  it('s3.5.2.2-closed-other-segments-without-bib-entry-are-dropped', () => {
    const bench = new Watched();
    for (const flags of [ack, fin | ack, rst]) {
      expect(bench.send(tcp(OUT, 4000, 80, flags)).reason).toBe('dropNoSession');
      expect(bench.send(tcp({ src: SERVER, dst: '192.0.2.5' }, 80, 2000, flags)).reason).toBe('dropNoMapping');
    }
    expect([bench.translator.bibCount, bench.translator.sessionCount]).toEqual([0, 0]);
  });

  it('s3.5.2.2-v4-init-v6-syn-establishes', () => {
    const connection = Connection.established();
    const { address, port } = mapping(connection.fromClient(ack));
    connection.send(tcp({ src: '203.0.113.9', dst: address }, 99, port, syn));
    connection.send(tcp({ src: CLIENT, dst: '64:ff9b::203.0.113.9' }, 4000, 99, syn | ack));
    expect(connection.states()).toEqual(['established', 'established']);
  });

  it('s3.5.2.2-v4-init-other-segments-change-nothing-and-it-ends-after-the-transitory-time', () => {
    const bench = Connection.established();
    const { address, port } = mapping(bench.fromClient(ack));
    bench.send(tcp({ src: '203.0.113.9', dst: address }, 99, port, syn));
    bench.wait(3 * MINUTE);
    bench.send(tcp({ src: CLIENT, dst: '64:ff9b::203.0.113.9' }, 4000, 99, ack));
    expect(bench.states().toSorted()).toEqual(['established', 'v4Init']);
    bench.wait(MINUTE + 2000);
    expect(bench.states()).toEqual(['established']);
  });

  it('s3.5.2.2-v6-init-v4-syn-establishes', () => {
    const connection = new Connection();
    connection.fromServer(syn | ack);
    expect(connection.states()).toEqual(['established']);
  });

  it('s3.5.2.2-v6-init-another-v6-syn-starts-the-transitory-time-again', () => {
    const connection = new Connection();
    connection.wait(3 * MINUTE);
    connection.fromClient(syn);
    expect(connection.states()).toEqual(['v6Init']);
    expect(connection.endsAfter(4 * MINUTE)).toBe(true);
  });

  it('s3.5.2.2-v6-init-other-segments-change-nothing', () => {
    const connection = new Connection();
    connection.wait(3 * MINUTE);
    connection.fromClient(ack);
    connection.fromServer(ack);
    connection.fromServer(rst);
    expect(connection.states()).toEqual(['v6Init']);
    expect(connection.endsAfter(MINUTE)).toBe(true);
  });

  it('s3.5.2.2-established-lives-for-the-established-time-after-each-segment', () => {
    const connection = Connection.established();
    connection.wait(100 * MINUTE);
    connection.fromServer(ack);
    connection.wait(119 * MINUTE);
    expect(connection.states()).toEqual(['established']);
  });

  it('s3.5.2.2-established-silent-for-its-lifetime-is-probed-and-becomes-trans', () => {
    const connection = Connection.established();
    const probes = connection.emitted(120 * MINUTE + 2000);
    expect(probes).toHaveLength(1);
    const [probe] = probes;
    expect(ends6(probe)).toEqual({ src: embedded(SERVER), srcPort: 80, dst: CLIENT, dstPort: 4000 });
    expect([probe.length, probe[6], probe[53]]).toEqual([60, 6, ack]);
    expect(checksumsAreRight(probe)).toBe(true);
    expect(connection.states()).toEqual(['trans']);
  });

  it('s3.5.2.2-trans-any-segment-but-rst-establishes-again', () => {
    const connection = Connection.established();
    connection.wait(121 * MINUTE);
    connection.fromClient(rst);
    expect(connection.states()).toEqual(['trans']);
    connection.fromClient(ack);
    expect(connection.states()).toEqual(['established']);
  });

  it('s3.5.2.2-trans-ends-after-the-transitory-time', () => {
    const connection = Connection.established();
    connection.wait(121 * MINUTE);
    expect(connection.states()).toEqual(['trans']);
    connection.wait(4 * MINUTE);
    expect(connection.states()).toEqual([]);
  });

  it.each([
    ['client', (connection: Connection) => connection.fromClient(rst)],
    ['server', (connection: Connection) => connection.fromServer(rst)],
  ])('s3.5.2.2-established-rst-of-the-%s-becomes-trans', (_side, send) => {
    const connection = Connection.established();
    expect(send(connection).verdict).toBe('translated');
    expect(connection.states()).toEqual(['trans']);
    expect(connection.endsAfter(4 * MINUTE)).toBe(true);
  });

  it('s3.5.2.2-fin-of-each-side-alone-keeps-the-established-time', () => {
    for (const [flags, state] of [
      ['fromClient', 'v6Fin'],
      ['fromServer', 'v4Fin'],
    ] as const) {
      const connection = Connection.established();
      connection[flags](fin | ack);
      expect(connection.states()).toEqual([state]);
      connection.wait(100 * MINUTE);
      connection.fromServer(ack);
      connection.wait(100 * MINUTE);
      expect(connection.states()).toEqual([state]);
    }
  });

  it('s3.5.2.2-both-fins-end-it-after-the-transitory-time-whatever-comes', () => {
    const connection = Connection.established();
    connection.fromServer(fin | ack);
    connection.fromClient(fin | ack);
    expect(connection.states()).toEqual(['bothFin']);
    connection.wait(2 * MINUTE);
    expect(connection.fromServer(ack).verdict).toBe('translated');
    expect(connection.endsAfter(2 * MINUTE)).toBe(true);
  });
});

describe('RFC 7857', () => {
  it('s2.1-timeouts-of-opening-and-open-connections-are-apart', () => {
    const timeouts = { ...OPTIONS.timeouts, tcpEstablished: 10 * MINUTE, tcpTransitory: 2 * MINUTE };
    const bench = new Watched({ timeouts });
    bench.send(tcp(OUT, 4000, 80, syn));
    expect(bench.endsAfter(2 * MINUTE)).toBe(true);
  });

  it('s2.2-rst-is-forwarded-and-leaves-the-transitory-time', () => {
    const connection = Connection.established();
    expect(connection.fromServer(rst).verdict).toBe('translated');
    connection.wait(3 * MINUTE);
    expect(connection.states()).toEqual(['trans']);
  });

  const closings = {
    'FIN FIN': ['6 fin', '4 fin'],
    'FIN FIN, the server first': ['4 fin', '6 fin'],
    'FIN RST': ['6 fin', '4 rst'],
    'FIN RST, the server first': ['4 fin', '6 rst'],
    'FIN and RST of the client': ['6 fin', '6 rst'],
    'FIN and RST of the server': ['4 fin', '4 rst'],
    'RST of the client': ['6 rst'],
    'RST of the server': ['4 rst'],
    'RST both': ['6 rst', '4 rst'],
    'FIN, acknowledged, RST': ['6 fin', '4 ack', '4 rst'],
    'FIN RST, and a segment that was on its way': ['6 fin', '4 rst', '6 ack'],
    'FIN RST, and the FIN once more': ['6 fin', '4 rst', '6 fin'],
    'FIN FIN RST': ['6 fin', '4 fin', '6 rst'],
    'FIN RST FIN': ['6 fin', '4 rst', '4 fin'],
  } as const;

  function close(connection: Connection, steps: readonly string[]): void {
    for (const step of steps) {
      const flags = { fin: fin | ack, rst, ack }[step.slice(2)] ?? 0;
      const { verdict } = step.startsWith('6') ? connection.fromClient(flags) : connection.fromServer(flags);
      expect(verdict).toBe('translated');
    }
  }

  it.each(Object.entries(closings))('s2.2-ends-within-the-transitory-time: %s', (_name, steps) => {
    const connection = Connection.established();
    close(connection, steps);
    expect(connection.endsAfter(4 * MINUTE)).toBe(true);
  });

  it('s2.2-a-half-closed-connection-in-use-outlives-a-forged-rst', () => {
    const connection = Connection.established();
    close(connection, ['6 fin', '4 rst']);
    for (let minutes = 0; minutes < 30; minutes += 3) {
      connection.wait(3 * MINUTE);
      expect(connection.fromServer(ack).verdict).toBe('translated');
    }
    expect(connection.states()).toEqual(['aborted']);
    expect(connection.endsAfter(4 * MINUTE)).toBe(true);
  });

  it('s2.2-other-nodes-know-the-state-as-one-of-rfc-6146', () => {
    const connection = Connection.established();
    connection.records();
    close(connection, ['6 fin', '4 rst']);
    const record = connection.records();
    expect([record[0], record[3]]).toEqual([RecordKind.update, TcpState.bothFin]);
  });
});
