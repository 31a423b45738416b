import { expect, it } from 'vitest';
import { isStartedAgain } from '../../../src/linux/service.ts';

it.each([
  [{}, false], // by hand
  [{ SERVICE_RESULT: 'success', EXIT_STATUS: '0' }, false],
  [{ SERVICE_RESULT: 'signal', EXIT_CODE: 'killed', EXIT_STATUS: 'KILL' }, true],
  [{ SERVICE_RESULT: 'watchdog' }, true],
  [{ SERVICE_RESULT: 'exit-code', EXIT_STATUS: '1' }, true],
  [{ SERVICE_RESULT: 'exit-code', EXIT_STATUS: '2' }, false],
])('after %o the service is started again: %s', (env, expected) => {
  expect(isStartedAgain(env)).toBe(expected);
});
