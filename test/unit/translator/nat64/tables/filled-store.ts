import { TranslatorCounters } from '../../../../../src/translator/counters.ts';
import { SessionStore } from '../../../../../src/translator/nat64/tables/session-store.ts';

const limits = {
  sessions: 65_536,
  bibEntries: 32_768,
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

/** An empty table of node slot 1. */
export function emptyStore(): SessionStore {
  return new SessionStore(1, limits, timeouts, new TranslatorCounters(), 7, {
    natLog: 'off',
    portBlockSize: 0,
    holdBackMs: 0,
  });
}
