import type { ControlHandlers } from '../../../../src/agent/control/control-server.ts';

function notAsked(): never {
  throw new Error('this call was not expected');
}

/** A node of which nothing is expected; tests put what they are about in its place. */
export const refusing: ControlHandlers = {
  getStatus: notAsked,
  listSessions: notAsked,
  followSessions: notAsked,
  tracePackets: notAsked,
  topSessions: notAsked,
  getDrops: notAsked,
  listBib: notAsked,
  getStats: notAsked,
  endSessions: notAsked,
  getPool: notAsked,
  explain: notAsked,
  drain: notAsked,
  undrain: notAsked,
  release: notAsked,
  pause: notAsked,
  resume: notAsked,
  testWithdrawal: notAsked,
  takeSlice: notAsked,
  reload: notAsked,
  loadForeign: notAsked,
  changeAdoption: notAsked,
  listEvents: notAsked,
  holdDrill: notAsked,
  drillStep: notAsked,
  getConfiguration: notAsked,
  searchLog: notAsked,
  callPeer: notAsked,
};
