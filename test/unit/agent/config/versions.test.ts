import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ephemeralPorts } from '../../../../src/agent/config/own-addresses.ts';
import { versionsHere } from '../../../../src/agent/config/shown-configuration.ts';
import { describeVersion } from '../../../../src/agent/status/software-version.ts';

let folder = '';
const ends: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isthmus-versions-'));
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  rmSync(folder, { recursive: true });
});

/** A zebra whose vty says this to whatever it is asked: a reply ends with three zeros and its status. */
async function zebra(text: string): Promise<void> {
  const server = createServer((socket) => {
    ends.push(() => socket.destroy());
    socket.on('data', () => socket.write(Buffer.concat([Buffer.from(text), Buffer.from([0, 0, 0, 0])])));
  });
  ends.push(() => server.close());
  await new Promise<void>((resolve) => {
    server.listen(join(folder, 'zebra.vty'), () => resolve());
  });
}

describe('the versions of a node', () => {
  const here = [
    { of: 'isthmus', version: describeVersion() },
    { of: 'Linux', version: release() },
  ];

  it('are those of this program and of the kernel, where it has no FRR', async () => {
    expect(await versionsHere(undefined)).toEqual(here);
  });

  it('are with that of FRR, where it has one', async () => {
    await zebra('FRRouting 10.3 (gw1) on Linux(6.12.0).\n');
    expect(await versionsHere({ runDir: folder })).toEqual([...here, { of: 'FRR', version: '10.3' }]);
  });

  it('say why that of FRR is not known', async () => {
    const [, , frr] = await versionsHere({ runDir: folder });
    expect(frr).toEqual({ of: 'FRR', version: expect.stringMatching(/^not known: .*zebra/) });
  });
});

it('the local ports of the machine are those of the kernel', async () => {
  const [first, last] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').match(/\d+/g) ?? [];
  expect(await ephemeralPorts()).toBe(`${first}-${last}`);
});
