import { describe, expect, it } from 'vitest';
import { GuardCheck } from '../../../../src/agent/health/guard-check.ts';

const healthy = { alive: true, pid: 7, upToDate: true, openSockets: 1, sockets: 1, restarts: 0, problem: '' };

describe('the check of the guard', () => {
  it.each([
    [healthy, true, 'process 7 is ready to withdraw'],
    [undefined, true, 'nothing to withdraw'],
    [
      { ...healthy, openSockets: 0, problem: 'the guard reaches 0 of 1 FRR daemons' },
      false,
      'the guard reaches 0 of 1 FRR daemons',
    ],
  ])('says of %j whether it is well: %s', (status, ok, text) => {
    const check = new GuardCheck({ guardStatus: () => status });
    expect(check.latest).toEqual({ name: 'guard', ok, result: ok ? 'ok' : 'failed', effect: 'degrade', text });
  });
});
