import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PoolUse } from '../../../src/agent/control/messages.ts';
import { poolNote } from '../../../src/cli/pool-run.ts';
import { buildProgram } from '../../../src/cli/program.ts';
import { formatCount, groupDigits } from '../../../src/cli/table.ts';

const tty = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY');

afterEach(() => {
  groupDigits(true);
  vi.restoreAllMocks();
  process.exitCode = 0;
  if (tty === undefined) Reflect.deleteProperty(process.stdout, 'isTTY');
  else Object.defineProperty(process.stdout, 'isTTY', tty);
});

describe('figures', () => {
  it.each([
    [0, '0', '0'],
    [999, '999', '999'],
    [12_935, '12 935', '12935'],
    [1_234_567.4, '1 234 567', '1234567'],
  ])('%d are %j on a terminal and %j for programs', (value, grouped, plain) => {
    expect(formatCount(value)).toBe(grouped);
    groupDigits(false);
    expect(formatCount(value)).toBe(plain);
  });

  it.each([
    [true, '1 000'],
    [false, '1000'],
    [undefined, '1000'],
  ])('of a command whose output has isTTY %j are %j', async (isTTY, text) => {
    Object.defineProperty(process.stdout, 'isTTY', { value: isTTY, configurable: true });
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await buildProgram().parseAsync(['stats', '--run-dir', '/nowhere'], { from: 'user' });
    expect(formatCount(1000)).toBe(text);
  });
});

describe('what pool says of its figures', () => {
  const entry = (protocols: string): PoolUse => ({
    instance: 'internet',
    prefix: '192.0.2.0/28',
    ports: '1024-65535',
    protocols,
    capacity: 10,
    used: 1,
    slices: [],
    assignedClients: 0,
  });

  it('is whose slices they are of, and that protocols count on their own', () => {
    expect(poolNote('gw1', [entry('tcp,udp,icmp'), entry('tcp')])).toBe(
      'USED (now) and OF are ports of the slices from which gw1 allocates, each of 3 protocols (tcp, udp, icmp), ' +
        'as NODE POOL4 in isthmus status; other nodes: --all',
    );
    expect(poolNote('gw1', [entry('tcp')])).toContain('from which gw1 allocates, as NODE POOL4');
  });
});
