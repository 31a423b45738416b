import { afterEach, describe, expect, it, vi } from 'vitest';
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
