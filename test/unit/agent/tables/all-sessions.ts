import type { SessionsRequest } from '../../../../src/agent/control/messages.ts';

/** Asks for every session, in the order of the tables. */
export const ALL_SESSIONS: SessionsRequest = {
  instance: '',
  protocol: '',
  client: '',
  pool4: '',
  remote: '',
  owner: 0,
  limit: 0,
  countOnly: false,
  outsidePool4: false,
  sort: '',
};
