import { describe, expect, it } from 'vitest';
import { whyNoDrill } from '../../../../src/agent/drills/permission.ts';

const at = (text: string): number => Date.parse(`2026-11-29T${text}:00Z`);

describe('the permission for a drill', () => {
  it('is not there by default', () => {
    expect(whyNoDrill({ allowed: false, windows: [] }, 'gw1', at('12:00'))).toContain('does not allow drills');
  });

  it('is for the nodes that are named', () => {
    const drills = { allowed: true, nodes: ['gw2'], windows: [] };
    expect(whyNoDrill(drills, 'gw1', at('12:00'))).toContain('only on gw2');
    expect(whyNoDrill(drills, 'gw2', at('12:00'))).toBeUndefined();
  });

  it.each([
    ['09:00-16:30', '08:59', false],
    ['09:00-16:30', '09:00', true],
    ['09:00-16:30', '16:29', true],
    ['09:00-16:30', '16:30', false],
    ['22:00-04:00', '23:00', true],
    ['22:00-04:00', '03:59', true],
    ['22:00-04:00', '12:00', false],
  ])('in the window %s at %s: %s', (window, time, allowed) => {
    expect(whyNoDrill({ allowed: true, windows: [window] }, 'gw1', at(time)) === undefined).toBe(allowed);
  });
});
