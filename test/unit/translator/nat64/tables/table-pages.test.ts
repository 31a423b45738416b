import { describe, expect, it } from 'vitest';
import { TranslatorCounters } from '../../../../../src/translator/counters.ts';
import { SessionStore } from '../../../../../src/translator/nat64/tables/session-store.ts';
import { bibPage, sessionPage, type TablePage } from '../../../../../src/translator/nat64/tables/table-pages.ts';
import { TcpState } from '../../../../../src/translator/nat64/tables/tcp-state.ts';

const TCP = 6;
const limits = {
  sessions: 4096,
  bibEntries: 2048,
  clientPrefixLength: 64,
  networkPrefixLength: 48,
  sharePerClient: 100,
  sharePerNetwork: 100,
  reserve: 0,
  sessionsPerClient: 0,
  sessionsFromOutsidePerClient: 0,
  portsPerClient: 0,
  newSessionsPerSecondPerClient: 0,
  fragmentsHeld: 1,
  fragmentsHeldPerSource: 1,
};
const timeouts = {
  tcpEstablished: 7_200_000,
  tcpTransitory: 240_000,
  tcpIncomingSyn: 6000,
  udp: 300_000,
  icmp: 60_000,
  fragment: 2000,
  portHold: 120_000,
};

/**
 * `clients` BIB entries with two sessions each: 2001:db8::N port N is 192.0.2.1 port 1024+N, towards 198.51.100.1 and
 * .2 port 443.
 */
function filled(clients: number): SessionStore {
  const store = new SessionStore(1, limits, timeouts, new TranslatorCounters(), 7, {
    natLog: 'off',
    portBlockSize: 0,
    holdBackMs: 0,
  });
  for (let index = 0; index < clients; index++) {
    const bib = store.entries.create(TCP, 0x20010db8, 0, 0, index, index, 0xc0000201, 1024 + index, index === 0);
    for (const remote of [0xc6336401, 0xc6336402]) store.open(bib, remote, 443, TcpState.established, 1000);
  }
  return store;
}

function everything<Row>(page: (from: number) => TablePage<Row>): { rows: Row[]; pages: number } {
  const rows: Row[] = [];
  let pages = 0;
  for (let from = 0; from >= 0; pages++) {
    const { rows: more, next } = page(from);
    rows.push(...more);
    from = next;
  }
  return { rows, pages };
}

describe('pages of the tables', () => {
  it('hold every session once, in words', () => {
    const store = filled(1000);
    const { rows, pages } = everything((from) => sessionPage(store, from, 61_000));
    expect(rows).toHaveLength(2000);
    expect(pages).toBeGreaterThan(3);
    expect(new Set(rows.map(({ client, remote }) => `${client} ${remote}`)).size).toBe(2000);
    expect(rows.find(({ clientPort, remote }) => clientPort === 171 && remote === '198.51.100.2')).toEqual({
      protocol: 'tcp',
      client: '2001:db8::ab',
      clientPort: 171,
      pool4: '192.0.2.1',
      pool4Port: 1195,
      remote: '198.51.100.2',
      remotePort: 443,
      state: 'established',
      expiresInMs: 7_200_000 - 60_000,
      owner: 1,
    });
  });

  it('hold every BIB entry once, and none that is gone', () => {
    const store = filled(600);
    const { rows } = everything((from) => bibPage(store, from));
    expect(rows).toHaveLength(600);
    expect(rows.filter((row) => row.static).map(({ client }) => client)).toEqual(['2001:db8::']);
    expect(rows.every(({ sessions }) => sessions === 2)).toBe(true);
    const session = Array.from({ length: store.sessions.used }, (_, slot) => slot).find(
      (slot) => store.sessions.bib[slot] === 5,
    );
    store.end(session ?? -1, 2000);
    expect(everything((from) => sessionPage(store, from, 2000)).rows).toHaveLength(1199);
  });

  it('of empty tables are one empty page', () => {
    const store = filled(0);
    expect(sessionPage(store, 0, 0)).toEqual({ rows: [], next: -1 });
    expect(bibPage(store, 0)).toEqual({ rows: [], next: -1 });
  });
});
