import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type JoolOptions, runImportJool } from '../../../src/cli/config-import-run.ts';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';

const OPTIONS: JoolOptions = { nodes: 'gw1,gw2', links: 'ring0,ring1', cluster: 'campus' };
const POOL4 = 'Mark,Protocol,Address,Min port,Max port,Iterations,Iterations fixed\n';
const BIB = 'Protocol,IPv6 Address,IPv6 L4-ID,IPv4 Address,IPv4 L4-ID,Static?\n';
const PROTOCOLS = ['tcp', 'udp', 'icmp'];

describe('config import jool', () => {
  let folder: string;
  let printed: string;
  let complaints: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-'));
    [printed, complaints] = ['', []];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += text.toString();
      return true;
    });
    vi.spyOn(console, 'error').mockImplementation((line: string) => void complaints.push(line));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
    rmSync(folder, { recursive: true });
  });

  function fileOf(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** What docs/from-jool.md has an operator print of an instance, with the same pool6 for each. */
  function displayed(name: string, address: string): string[] {
    return [
      fileOf(`${name}-global.csv`, 'Field,Value\nmanually-enabled,TRUE\npool6,64:ff9b::/96\n'),
      ...PROTOCOLS.flatMap((protocol) => [
        fileOf(`${name}-pool4-${protocol}.csv`, `${POOL4}0,${protocol.toUpperCase()},${address},1024,65535,1024,0\n`),
        fileOf(`${name}-bib-${protocol}.csv`, BIB),
      ]),
    ];
  }

  const halves = { destinations: ['lower=0.0.0.0/1', 'upper=128.0.0.0/1'] };

  it('makes an instance of what each name of a file tells, beside those of JSON files', async () => {
    const siit = fileOf('siit.json', '{ "instance": "siit", "global": { "pool6": "2001:db8:46::/96" }, "eamt": [] }');
    const files = [...displayed('lower', '192.0.2.1'), ...displayed('upper', '192.0.2.2'), siit];
    await runImportJool(files, { ...OPTIONS, ...halves, namespace: ['lower=nat64'] });
    expect([complaints, process.exitCode]).toEqual([[], undefined]);
    expect(parseClusterText(printed, 'made.yaml').instances).toMatchObject({
      lower: { kind: 'nat64', namespace: 'nat64', destinations: ['0.0.0.0/1'], pool4: [{ prefix: '192.0.2.1/32' }] },
      upper: { kind: 'nat64', destinations: ['128.0.0.0/1'], pool4: [{ prefix: '192.0.2.2/32' }] },
      siit: { kind: 'siit' },
    });
  });

  it('ends with 1 where two instances translate the same packets, and says so', async () => {
    await runImportJool([...displayed('lower', '192.0.2.1'), ...displayed('upper', '192.0.2.2')], OPTIONS);
    expect(process.exitCode).toBe(1);
    expect(complaints.join('\n')).toContain('give each its own pool6, or its own destinations');
  });

  it.each<readonly [string, (lower: string[]) => string[], Partial<JoolOptions>, string]>([
    ['a file that tells no instance beside one that does', (lower) => [...lower, 'pool4.csv'], {}, 'does not tell'],
    ['a namespace for no instance', (lower) => lower, { namespace: ['loer=a'] }, 'no instance is called loer'],
    ['destinations for no instance', (lower) => lower, halves, 'no instance is called upper; these are there: lower'],
    ['destinations that are none', (lower) => lower, { destinations: ['lower=all'] }, '"all" is not an IPv4 prefix'],
  ])('ends with 2 at %s', async (_what, choose, options, message) => {
    const nameless = fileOf('pool4.csv', POOL4);
    const files = choose(displayed('lower', '192.0.2.1')).map((file) => (file === 'pool4.csv' ? nameless : file));
    await runImportJool(files, { ...OPTIONS, ...options });
    expect([process.exitCode, complaints.length, printed]).toEqual([2, 1, '']);
    expect(complaints[0]).toContain(message);
  });

  it('takes files of any name for the instance that the operator names', async () => {
    const files = [
      fileOf('a-global.csv', 'pool6,64:ff9b::/96\n'),
      fileOf('pool.csv', '0,UDP,192.0.2.1,1,65535,1024,0\n'),
    ];
    await runImportJool(files, { ...OPTIONS, instance: 'old' });
    expect(Object.keys(parseClusterText(printed, 'made.yaml').instances)).toEqual(['old']);
    expect(complaints.join('\n')).toContain('pool4 without TCP and ICMP');
  });
});
