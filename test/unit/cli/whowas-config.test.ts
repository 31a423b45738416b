import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runWhoWas, type WhoWasOptions } from '../../../src/cli/whowas-run.ts';

const FILE = `cluster: campus
secretFile: /etc/isthmus/cluster.key
slots: 2
nodes:
  gw1: { slot: 1, links: [ring0] }
  gw2: { slot: 2, links: [ring0] }
instances:
  internet:
    kind: nat64
    pool6: 64:ff9b::/96
    pool4:
      - { prefix: 192.0.2.7/32, assignment: deterministic, clients: [2001:db8::/60] }
`;

let directory: string;
let printed: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-whowas-config-'));
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void printed.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  rmSync(directory, { recursive: true, force: true });
});

async function whoWas(text: string, place: string | undefined, more: Partial<WhoWasOptions> = {}): Promise<number> {
  const config = join(directory, 'cluster.yaml');
  writeFileSync(config, text);
  const nowhere = { runDir: join(directory, 'none'), stateDir: join(directory, 'none') };
  await runWhoWas(place, undefined, { clockSkew: '0s', ...nowhere, config, ...more });
  return Number(process.exitCode ?? 0);
}

describe('isthmus whowas --config', () => {
  it('computes both ways from a cluster file', async () => {
    expect(await whoWas(FILE, '192.0.2.7:5055')).toBe(0);
    expect(printed.join('\n')).toContain(
      '\n2001:db8:0:1::/64  had 192.0.2.7:3040-5055 tcp/udp/icmp  (internet)  certain\n' +
        '  computed from the port assignment of configuration ',
    );
    printed = [];
    expect(await whoWas(FILE, undefined, { client: '2001:db8:0:1::9', json: true })).toBe(0);
    expect(JSON.parse(printed.join(''))).toMatchObject({
      answers: [
        { client: '2001:db8:0:1::/64', pool4: '192.0.2.7', ports: [3040, 5055], computed: true },
        { client: '2001:db8:0:1::/64', pool4: '192.0.2.7', ports: [35_296, 37_311], computed: true },
      ],
      missing: [],
    });
  });

  it('says that nobody has a port, and what is wrong with a file', async () => {
    expect(await whoWas(FILE, '192.0.2.8:5055')).toBe(1);
    expect(printed.join('\n')).toContain('no match in the log');
    printed = [];
    expect(await whoWas(FILE.replace('assignment: deterministic, ', ''), '192.0.2.7:5055')).toBe(2);
    expect(printed.join('\n')).toContain('no entry of pool4 has assignment: deterministic');
    printed = [];
    expect(await whoWas(FILE.replace('2001:db8::/60', '2001:db8::1/60'), '192.0.2.7:5055')).toBe(2);
    expect(printed.join('\n')).toContain('cluster.yaml:12');
  });
});
