import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemMachine } from '../../src/agent/doctor/system-machine.ts';
import { judgeDns64 } from '../../src/agent/doctor/dns64.ts';
import { etherInterfaces } from '../../src/agent/doctor/pool4-elsewhere.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { runCommand } from '../../src/linux/command.ts';
import { labTest } from './needs-root.ts';

const machine = systemMachine('/nonexistent');

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  const { port } = socket.address();
  socket.close();
  return port;
}

/** What doctor asks of the network, with real answers to it. */
describe.runIf(labTest)('doctor on a link', () => {
  const [here, there] = [`arp-here-${process.pid}`, `arp-there-${process.pid}`];

  beforeEach(async () => {
    for (const name of [here, there]) await runCommand(['ip', 'netns', 'add', name]);
    const ends = ['link', 'add', 'up0', 'type', 'veth', 'peer', 'name', 'up0', 'netns', there];
    await runCommand(['ip', '-n', here, ...ends]);
    for (const name of [here, there]) await runCommand(['ip', '-n', name, 'link', 'set', 'up0', 'up']);
    await runCommand(['ip', '-n', here, 'address', 'add', '10.0.0.2/24', 'dev', 'up0']);
    await runCommand(['ip', '-n', there, 'address', 'add', '192.0.2.5/32', 'dev', 'up0']);
  });
  afterEach(async () => {
    for (const name of [here, there]) await runCommand(['ip', 'netns', 'delete', name]);
  });

  it('hears who answers ARP for an address, and nobody for the others', async () => {
    const links = etherInterfaces(await runCommand(['ip', '-json', 'address', 'show'], { namespace: here }));
    expect(links.map(({ name }) => name)).toEqual(['up0']);
    const [other] = etherInterfaces(await runCommand(['ip', '-json', 'address', 'show'], { namespace: there }));
    const replies = await machine.arpReplies(here, links, ['192.0.2.4', '192.0.2.5', '192.0.2.6']);
    expect(replies.length).toBeGreaterThan(0);
    for (const reply of replies) expect(reply).toEqual({ interface: 'up0', address4: '192.0.2.5', mac: other?.mac });
  });
});

describe.runIf(labTest)('doctor asks a resolver', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-dns64-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function answers(modules: string): Promise<readonly string[]> {
    const port = await freePort();
    const zone = join(folder, 'zone');
    writeFileSync(
      zone,
      '$ORIGIN ipv4only.arpa.\n@ 60 IN SOA ns root 1 3600 600 86400 60\n@ 60 IN NS ns\n@ 60 IN A 192.0.0.170\n' +
        '@ 60 IN A 192.0.0.171\n',
    );
    const file = join(folder, 'unbound.conf');
    writeFileSync(
      file,
      `server:\n  interface: 127.0.0.1@${port}\n  username: ""\n  chroot: ""\n  directory: "${folder}"\n  pidfile: ""\n` +
        `  use-syslog: no\n  do-daemonize: no\n  module-config: "${modules}"\n  dns64-prefix: 2001:db8:64::/96\n` +
        `auth-zone:\n  name: "ipv4only.arpa."\n  zonefile: "${zone}"\n  for-upstream: yes\n  for-downstream: no\n` +
        '  fallback-enabled: no\nremote-control:\n  control-enable: no\n',
    );
    const unbound = spawn('unbound', ['-d', '-c', file], { stdio: 'ignore' });
    try {
      return await waitFor(
        'unbound to answer',
        async () => {
          try {
            return await machine.resolve6(`127.0.0.1:${port}`, 'ipv4only.arpa', 3000);
          } catch (error) {
            // It does not listen yet.
            if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return undefined;
            throw error;
          }
        },
        { timeoutMs: 20_000, everyMs: 50 },
      );
    } finally {
      unbound.kill('SIGKILL');
    }
  }

  it('knows unbound with DNS64 from one without, and its prefix from another', async () => {
    const seen = await answers('dns64 iterator');
    expect(judgeDns64('::1', ['2001:db8:64::/96'], seen)).toEqual([]);
    expect(judgeDns64('::1', ['64:ff9b::/96'], seen)[0]?.evidence).toContain('2001:db8:64::');
    const [none] = judgeDns64('::1', ['64:ff9b::/96'], await answers('iterator'));
    expect(none?.evidence).toContain('it does no DNS64');
  });
});
