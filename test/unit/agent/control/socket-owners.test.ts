import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mayGive } from '../../../../src/agent/control/socket-access.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** A process of group 5, and of groups 7 and 8 too, with these capabilities in force (proc(5)). */
function withCapabilities(effective: string): string {
  vi.spyOn(process, 'getgid').mockReturnValue(5);
  vi.spyOn(process, 'getgroups').mockReturnValue([7, 8]);
  const status = join(folder, 'status');
  const lines = ['Name:\tnode', 'CapPrm:\tffffffffffffffff', effective, 'CapBnd:\tffffffffffffffff', ''];
  writeFileSync(status, lines.join('\n'));
  return status;
}

describe('a file may be given to', () => {
  it('each group of the process without a capability, and no other', () => {
    const status = withCapabilities('CapEff:\t0000000000000000');
    expect([5, 7, 8, 0, 9].map((gid) => mayGive(gid, status))).toEqual([true, true, true, false, false]);
  });

  it.each([
    // CAP_CHOWN is the lowest bit (capabilities(7)).
    ['CapEff:\t0000000000000001', true],
    ['CapEff:\t000001ffffffffff', true],
    ['CapEff:\t000001fffffffffe', false],
    ['CapEff:   3', true],
    ['CapEff:', false],
    ['', false],
  ])('any group with "%s": %s', (effective, possible) => {
    expect(mayGive(9, withCapabilities(effective))).toBe(possible);
  });
});
