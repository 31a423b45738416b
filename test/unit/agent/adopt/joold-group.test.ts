import { describe, expect, it } from 'vitest';
import { openGroup } from '../../../../src/agent/adopt/joold-group.ts';

describe('joining a group', () => {
  it.each(['ff08::db8:64:64', '233.252.0.64'])(
    '%s fails with a sentence where the interface is not there',
    async (group) => {
      const reason = await new Promise<string>((resolve) => {
        const listener = { receive: () => resolve('something came'), failed: resolve };
        openGroup({ group, port: 6400, interface: 'nothere0' }, listener);
      });
      expect(reason).toBe('there is no interface nothere0');
    },
  );
});
