import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import { RawIpCapture } from '../../../src/net/capture-file.ts';

const CLUSTER = `cluster: one
secretFile: /etc/isthmus/cluster.key
nodes: { gw1: { slot: 1 } }
instances:
  internet: { kind: nat64, pool6: "64:ff9b::/96", pool4: [{ prefix: 192.0.2.0/29 }] }
`;

describe('isthmus translate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-translate-'));
  const config = join(folder, 'cluster.yaml');
  const capture = join(folder, 'in.pcap');
  const out = join(folder, 'out.pcap');
  writeFileSync(config, CLUSTER);
  writeFileSync(capture, new RawIpCapture(false).bytes());
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});

  afterEach(() => {
    process.stdout.removeAllListeners('error');
    process.exitCode = undefined;
    told.mockClear();
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** The exit status, and what it said on standard error. */
  async function translate(changes: Readonly<Record<string, string>>): Promise<[number, string]> {
    const options = { config, instance: 'internet', in: capture, out, ...changes };
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    await buildProgram().parseAsync(['translate', ...words], { from: 'user' });
    return [Number(process.exitCode), told.mock.calls.flat().join('\n')];
  }

  it('writes a capture, be it empty', async () => {
    expect(await translate({})).toEqual([0, '']);
    expect(existsSync(out)).toBe(true);
  });

  it('says which file is not there, and what would be right', async () => {
    const missing = join(folder, 'none.pcap');
    const text = 'the capture cannot be read: there is no such file; name a pcap or pcapng file with --in';
    expect(await translate({ in: missing })).toEqual([2, `${missing}: ${text}`]);
  });

  it.each([
    ['a folder for a capture', { in: folder }, 'the capture cannot be read: it is a directory; name a pcap'],
    ['what is no capture', { in: config }, `${config}: `],
    ['an output in a folder that is not there', { out: join(folder, 'none', 'out.pcap') }, 'name a file with --out'],
    [
      'a cluster file that is not there',
      { config: join(folder, 'none.yaml') },
      'cannot be read: there is no such file',
    ],
    ['an instance that the file does not have', { instance: 'other' }, 'internet'],
    ['a node that the file does not have', { node: 'gw9' }, 'gw1'],
  ])('refuses %s with a sentence', async (_what, changes, words) => {
    const [status, text] = await translate(changes);
    expect(status).toBe(2);
    expect(text).toContain(words);
    expect(text.split('\n')).toHaveLength(1);
  });
});
