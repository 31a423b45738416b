import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AnnouncerOptionsError } from '../../../src/frr/announcer.ts';
import {
  checkPeer,
  isPeer,
  longestDetectionMs,
  parseBfdPeers,
  peerLine,
  timerCommands,
} from '../../../src/frr/bfd-peers.ts';
import { canonicalAddress, FrrOutputError } from '../../../src/frr/frr-output.ts';

/** As FRR 8.4.4 prints it. */
const FRR_8_4 = `[
  {"multihop":false,"peer":"2001:db8:a::1","local":"2001:db8:a::2","vrf":"default","interface":"up0","id":2751327937,"remote-id":0,
   "passive-mode":false,"status":"shutdown","diagnostic":"ok","remote-diagnostic":"ok","receive-interval":100,"transmit-interval":100,
   "echo-receive-interval":50,"echo-transmit-interval":0,"detect-multiplier":3,"remote-receive-interval":1000,"rtt-min":0},
  {"multihop":false,"peer":"10.0.0.1","vrf":"default","interface":"up0","id":834783689,"status":"down","downtime":0,"diagnostic":"ok",
   "receive-interval":300,"transmit-interval":300,"detect-multiplier":3}
]`;

describe('the BFD peers that FRR shows', () => {
  it('are read from FRR 8.4', () => {
    expect(parseBfdPeers(FRR_8_4)).toMatchObject([
      { peer: '2001:db8:a::1', local: '2001:db8:a::2', interface: 'up0', status: 'shutdown', receiveIntervalMs: 100 },
      { peer: '10.0.0.1', local: undefined, status: 'down', detectMultiplier: 3 },
    ]);
  });

  it.each([
    ['frr-8.4/bfd-peers-up', ['10.0.0.1 up ok']],
    ['frr-8.4/bfd-peers-down', ['10.0.0.1 down neighbor signaled session down']],
    ['frr-9.1/bfd-peers', ['2001:db8:a::1 init control detection time expired']],
    ['frr-10.7/bfd-peers', ['fe80::1 up ok', '10.9.0.1 shutdown administratively down']],
  ])('are read from %s', (name, expected) => {
    const found = parseBfdPeers(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), 'utf8'));
    expect(found.map(({ peer, status, diagnostic }) => `${peer} ${status} ${diagnostic ?? ''}`)).toEqual(expected);
    for (const peer of found)
      expect(isPeer({ peer: peer.peer, multihop: peer.multihop, vrf: peer.vrf ?? '' }, peer)).toBe(true);
  });

  it('are read leniently: fields more, fields less, fields of another type', () => {
    const output = JSON.stringify([
      { peer: '10.0.0.1', status: 'Up', type: 'dynamic', authentication: { type: 'sha1' }, 'detect-multiplier': '3' },
      { peer: 7, status: 'up' },
      'nonsense',
    ]);
    expect(parseBfdPeers(output)).toEqual([
      expect.objectContaining({ peer: '10.0.0.1', status: 'up', multihop: false, detectMultiplier: undefined }),
    ]);
  });

  it('may be none, but must be a list', () => {
    expect(['', '{}', '[]\n'].map(parseBfdPeers)).toEqual([[], [], []]);
    expect(() => parseBfdPeers('% BFD is not running')).toThrow(FrrOutputError);
    expect(() => parseBfdPeers('{"peers":1}')).toThrow(FrrOutputError);
  });

  it('are the ones of the configuration when all that it says agrees', () => {
    const [v6, v4] = parseBfdPeers(FRR_8_4);
    if (v6 === undefined || v4 === undefined) throw new Error('two peers were expected');
    expect(isPeer({ peer: '2001:DB8:A:0::1', interface: 'up0' }, v6)).toBe(true);
    expect(isPeer({ peer: '2001:db8:a::1', interface: 'up1' }, v6)).toBe(false);
    expect(isPeer({ peer: '2001:db8:a::1', local: '2001:db8:a::3' }, v6)).toBe(false);
    expect(isPeer({ peer: '2001:db8:a::1', vrf: 'red' }, v6)).toBe(false);
    expect(isPeer({ peer: '10.0.0.1', multihop: true, local: '10.0.0.2' }, v4)).toBe(false);
    expect(canonicalAddress('FE80::0:1%up0')).toBe('fe80::1');
  });

  it('are named as FRR names them, and get only the timers that differ', () => {
    const [v6] = parseBfdPeers(FRR_8_4);
    if (v6 === undefined) throw new Error('a peer was expected');
    expect(peerLine(v6)).toBe('peer 2001:db8:a::1 local-address 2001:db8:a::2 interface up0');
    expect(peerLine({ peer: '10.9.0.1', local: '10.9.0.2', multihop: true, vrf: 'red' })).toBe(
      'peer 10.9.0.1 multihop local-address 10.9.0.2 vrf red',
    );
    const options = { peer: v6.peer, detectMultiplier: 3, receiveIntervalMs: 50 };
    expect(timerCommands(options, v6)).toEqual(['receive-interval 50']);
    expect(timerCommands(options)).toEqual(['detect-multiplier 3', 'receive-interval 50']);
  });

  it.each([
    { peer: 'router' },
    { peer: '10.0.0.1', local: '2001:db8::1' },
    { peer: '10.0.0.1', interface: 'up0 shutdown' },
    { peer: '10.0.0.1', multihop: true },
  ])('cannot be made of %j', (options) => {
    expect(() => checkPeer(options)).toThrow(AnnouncerOptionsError);
  });
});

it.each([
  [900, [{}]],
  [1500, [{ detectMultiplier: 5 }]],
  [3000, [{ transmitIntervalMs: 1000 }]],
  [600, [{ detectMultiplier: 2, transmitIntervalMs: 50 }]],
  [8000, [{ detectMultiplier: 2 }, { detectMultiplier: 4, transmitIntervalMs: 2000 }, {}]],
])('the routers need up to %s ms to find that a session is down: %j', (ms, timers) => {
  expect(longestDetectionMs(timers.map((one) => ({ peer: '10.0.0.1', ...one })))).toBe(ms);
});
