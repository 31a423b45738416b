import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

function mutate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/mutation/mutate.mjs', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout: stdout.split('\n'), stderr: stderr.split('\n') };
}

const USAGE = expect.stringMatching(/^usage: npm run mutate -- FOLDER /);

describe('npm run mutate', () => {
  it.each([
    [['--reahc'], "Unknown option '--reahc'"],
    [['agent', '--every'], "Option '--every <value>' argument missing"],
    [['agent', '--every', '0'], '--every takes a whole number from 1 on, and not 0'],
    [['agent', '--every', 'third'], '--every takes a whole number from 1 on, and not third'],
    [[], 'a folder of src/ is missing'],
    [['agent', 'frr'], 'one folder at a time, and not frr too'],
    [['nowhere'], 'there is no source in src/nowhere'],
    [['agent/status', '--without', 'status'], 'there is no source in src/agent/status without status'],
    [['agent/status', '--tests', 'nowhere'], 'there are no tests in test/unit/nowhere'],
  ])('answers %j with a sentence and the usage', (args, sentence) => {
    const { status, stdout, stderr } = mutate(...args);
    expect([status, stdout]).toEqual([2, ['']]);
    expect(stderr.slice(0, 2)).toEqual([sentence, USAGE]);
    // No trace of the program.
    expect(stderr.join('\n')).not.toMatch(/node:internal|\n +at /);
  });

  it.each(['--help', '-h'])('says with %s how it is used', (option) => {
    const { status, stdout, stderr } = mutate(option);
    expect([status, stdout[0], stderr]).toEqual([0, USAGE, ['']]);
  });
});
