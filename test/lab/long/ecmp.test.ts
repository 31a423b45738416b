import { describe, expect, it } from 'vitest';
import { Ecmp } from '../../../src/lab/drills/ecmp/ecmp.ts';
import { passed } from '../../../src/lab/drills/ecmp/result.ts';
import { Screen } from '../../../src/lab/screen.ts';
import { buildSite } from '../../../src/lab/topology/site.ts';
import { labTest } from '../needs-root.ts';

describe.runIf(labTest)('gateways that all serve one instance', () => {
  it('keep every connection while one is added, killed and drained, though its two ways go through different gateways', async () => {
    let output = '';
    const screen = new Screen((text) => void (output += text), false);
    const site = await buildSite({ gateways: 2, mode: 'ecmp' });
    try {
      const result = await new Ecmp(screen, site).run();
      expect({ passed: passed(result), output, result }).toMatchObject({ passed: true });
      // The case that the drill is for did happen, and waiting was of use.
      expect(result.waited).toBeGreaterThan(0);
      expect(result.waitedInVain).toBeLessThan(result.waited);
      expect(Math.min(...result.shares)).toBeGreaterThan(0);
    } finally {
      await site.world.close();
    }
  });
});
