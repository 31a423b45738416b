import { describe, expect, it } from 'vitest';
import { harmless } from '../../../src/lab/drills/split/result.ts';
import { Split } from '../../../src/lab/drills/split/split.ts';
import { Screen } from '../../../src/lab/screen.ts';
import { buildSite } from '../../../src/lab/topology/site.ts';
import { labTest } from '../needs-root.ts';

describe.runIf(labTest)('two gateways that do not hear each other', () => {
  it('fill their slices without ever giving a port to two clients, and come to one table when they meet', async () => {
    let output = '';
    const screen = new Screen((text) => void (output += text), false);
    const site = await buildSite({ gateways: 2, mode: 'ecmp' });
    try {
      const result = await new Split(screen, site).run(20_000);
      expect({ harmless: harmless(result), output, result }).toMatchObject({ harmless: true });
      // Ports did go from client to client in that time: it was no pool that nobody took anything out of twice.
      expect(result.passedOn).toBeGreaterThan(100);
      expect(Math.min(...result.ownSessions)).toBeGreaterThan(50);
    } finally {
      await site.world.close();
    }
  });
});
