import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BootedTree } from './booted-tree.ts';
import { announced, CLIENT6, configure, SERVER4, setUplink, translates } from './single-node.ts';

const { ISTHMUS_TREES: trees, ISTHMUS_PACKAGES_BUILT: packages, ISTHMUS_RELEASES: releases } = process.env;
const given = trees !== undefined && packages !== undefined && releases !== undefined;
if (!given) process.stderr.write('skipped: npm run test:systemd prepares the trees and packages of these tests\n');

/** systemd-analyze's exposure of the unit, at most: 0 is none, 10 all. */
const EXPOSURE = 3.9;

describe.runIf(given).each((releases ?? 'none').split(' '))('the package on %s, under systemd', (release) => {
  let machine: BootedTree;

  beforeAll(async () => {
    machine = new BootedTree(join(trees ?? '', `${release}-systemd`));
    for (const name of readdirSync(packages ?? '')) {
      if (name.endsWith('.deb')) cpSync(join(packages ?? '', name), join(machine.tree, 'root', name));
    }
    configure(machine);
    await machine.boot();
  });
  afterAll(async () => {
    await machine?.shutDown();
    machine?.remove();
  });

  async function mainPid(): Promise<string> {
    return machine.shell('systemctl show -P MainPID isthmus');
  }

  async function untilServing(): Promise<void> {
    await machine.until('the node to be active and announced', async () => {
      const { stdout } = await machine.run(['isthmus', 'status', '--json']);
      return stdout.includes('"state": "active"') && (await announced(machine));
    });
    expect(await translates(machine)).toBe(true);
  }

  async function untilRestarted(former: string): Promise<void> {
    await machine.until('another agent', async () => {
      return !['0', former].includes(await mainPid()) && (await machine.run(['isthmus', 'status'])).code !== 2;
    });
    await untilServing();
  }

  it('installs by apt, makes its groups, and starts nothing', async () => {
    await machine.shell('apt-get install -y --no-install-recommends /root/isthmus_*-1_*.deb');
    expect(await machine.shell('getent group isthmus isthmus-admin | wc -l')).toBe('2');
    expect((await machine.run(['systemctl', 'is-enabled', 'isthmus.service'])).stdout.trim()).toBe('disabled');
    expect((await machine.run(['systemctl', 'is-active', 'isthmus.service'])).stdout.trim()).toBe('inactive');
    expect(await machine.shell('isthmus --version')).toMatch(/\(build 1, /);
  });

  it('serves once it is configured and enabled', async () => {
    await machine.shell('isthmus config init-secret /etc/isthmus/cluster.key');
    await machine.shell(
      'systemctl daemon-reload; systemctl enable --now isthmus-netns@nat64 uplink router frr@nat64 isthmus',
    );
    await untilServing();
    // What the agent works in is what everybody else sees.
    expect(await machine.shell('ip -n nat64 -br link show nat-internet')).toContain('nat-internet');
  });

  it('writes a journal for people, each line with its priority', async () => {
    const lines = (await machine.shell('journalctl -u isthmus -o json SYSLOG_IDENTIFIER=isthmus')).split('\n');
    const entries = lines.map((line): Record<string, string> => JSON.parse(line));
    expect(entries.length).toBeGreaterThan(0);
    for (const { MESSAGE: message } of entries) expect(message).not.toMatch(/^[{<]/);
    const priorities = new Set(entries.map(({ PRIORITY: priority }) => priority));
    expect(priorities.has('6')).toBe(true);
    expect([...priorities].every((one) => ['3', '4', '6', '7'].includes(one ?? ''))).toBe(true);
  });

  it('lets the group isthmus look, and nobody change anything who may not', async () => {
    const as = (group: string): string => `setpriv --reuid 65534 --regid ${group} --clear-groups isthmus`;
    expect((await machine.run(['sh', '-c', `${as('isthmus')} status --json`])).stdout).toContain('"state": "active"');
    const drain = await machine.run(['sh', '-c', `${as('isthmus')} drain --reason test --force`]);
    expect(drain.stderr).toMatch(/isthmus-admin/);
    expect(drain.code).toBe(1);
    const stranger = await machine.run(['sh', '-c', `${as('nogroup')} status`]);
    expect(stranger.stderr).toMatch(/may not .*group isthmus/);
    expect(stranger.stderr).not.toMatch(/no agent is running|at .*:\d+:\d+/);
    const admin = await machine.run(['sh', '-c', `${as('isthmus-admin')} drain --reason test --force`]);
    expect(admin).toMatchObject({ code: 0 });
    await machine.shell(`${as('isthmus-admin')} undrain`);
    await untilServing();
  });

  it('reloads', async () => {
    const pid = await mainPid();
    await machine.shell('systemctl reload isthmus');
    expect(await mainPid()).toBe(pid);
    await untilServing();
  });

  it('comes back after kill -9, in the same namespace', async () => {
    const [pid, namespace] = [await mainPid(), await machine.shell('stat -L -c %i /run/netns/nat64')];
    await machine.shell(`kill -9 ${pid}`);
    await untilRestarted(pid);
    expect(await machine.shell('stat -L -c %i /run/netns/nat64')).toBe(namespace);
  });

  it('is ended by the watchdog when it hangs, and comes back', async () => {
    const pid = await mainPid();
    await machine.shell(`kill -STOP ${pid}`);
    await machine.until('the router to lose its route', async () => !(await announced(machine)));
    await untilRestarted(pid);
    expect(Number(await machine.shell('systemctl show -P NRestarts isthmus'))).toBeGreaterThan(0);
  });

  it('is withdrawn by ExecStopPost when agent and guard are killed together', async () => {
    await machine.shell(
      'mkdir -p /run/systemd/system/isthmus.service.d; ' +
        'printf "[Service]\\nRestart=no\\n" >/run/systemd/system/isthmus.service.d/test.conf; systemctl daemon-reload',
    );
    // Both stopped first: so neither can do anything about the other's end.
    await machine.shell(
      'pids="$(systemctl show -P MainPID isthmus) $(pgrep -x isthmus-guard)"; kill -STOP $pids; kill -9 $pids',
    );
    await machine.until('the router to lose its route', async () => !(await announced(machine)));
    await machine.until('the unit to have failed', async () => {
      return (await machine.run(['systemctl', 'is-failed', 'isthmus'])).stdout.trim() === 'failed';
    });
    expect(await machine.shell('journalctl -u isthmus -o cat | grep withdrawn:')).toContain('2001:db8:a::1');
    await machine.shell(
      'rm -r /run/systemd/system/isthmus.service.d; systemctl daemon-reload; systemctl start isthmus',
    );
    await untilServing();
  });

  it('withdraws when it is stopped', async () => {
    await machine.shell('systemctl stop isthmus');
    expect(await announced(machine)).toBe(false);
    await machine.shell('systemctl start isthmus');
    await untilServing();
  });

  it('is upgraded without an agent that notices, and without a packet lost', async () => {
    const pid = await mainPid();
    const running = await machine.shell(`readlink /proc/${pid}/exe`);
    await machine.shell(
      `ip netns exec router ping -6 -q -i 0.1 -I ${CLIENT6} 64:ff9b::${SERVER4} >/run/ping 2>&1 & echo $! >/run/ping.pid`,
    );
    await machine.shell('apt-get install -y --no-install-recommends /root/isthmus_*-2_*.deb');
    expect(await machine.shell('isthmus --version')).toMatch(/\(build 2, /);
    expect(await mainPid()).toBe(pid);
    // A guard that is started now is of the version that started it.
    const guard = await machine.shell('pgrep -x isthmus-guard');
    await machine.shell(`kill -9 ${guard}`);
    await machine.until('another guard', async () => {
      return ![guard, ''].includes((await machine.run(['pgrep', '-x', 'isthmus-guard'])).stdout.trim());
    });
    const [next] = (await machine.shell('pgrep -x isthmus-guard')).split('\n');
    expect(await machine.shell(`readlink /proc/${next}/exe`)).toBe(running);
    await machine.until('the guard to be ready', async () => (await announced(machine)) && translates(machine));
    await machine.shell('systemctl reload isthmus');
    await machine.shell(
      'kill -INT $(cat /run/ping.pid); while kill -0 $(cat /run/ping.pid) 2>/dev/null; do sleep 0.1; done',
    );
    expect(await machine.shell('cat /run/ping')).toMatch(/ 0% packet loss/);
    await machine.shell('systemctl restart isthmus');
    await untilServing();
    expect(await machine.shell('readlink /proc/$(systemctl show -P MainPID isthmus)/exe')).not.toBe(running);
  });

  it('serves after a reboot at which the uplink comes late', async () => {
    setUplink(machine, 'After=isthmus.service', 'sleep 6;');
    await machine.shutDown();
    await machine.boot();
    await untilServing();
    expect(await machine.shell('systemctl show -P NRestarts isthmus')).toBe('0');
  });

  it('is exposed no more than is said', async () => {
    const text = await machine.shell('systemd-analyze security --no-pager isthmus.service');
    const exposure = Number(/Overall exposure level for isthmus.service: ([\d.]+)/.exec(text)?.[1]);
    process.stderr.write(`systemd-analyze security on ${release}: ${exposure}\n`);
    expect(exposure).toBeLessThanOrEqual(EXPOSURE);
  });

  it('leaves nothing when it is purged', async () => {
    await machine.shell('apt-get purge -y isthmus');
    expect(await announced(machine)).toBe(false);
    const left = ['etc/isthmus', 'usr/lib/isthmus', 'var/lib/isthmus', 'usr/bin/isthmus', 'usr/share/isthmus'];
    expect(left.filter((path) => existsSync(join(machine.tree, path)))).toEqual([]);
    const named = await machine.shell(
      "find / -xdev -iname '*isthmus*' -not -path '/root/*' -not -path '/var/cache/*' \
      -not -path '/etc/isthmus-*' -not -path '/proc/*' | sort",
    );
    expect(named).toBe('');
    expect((await machine.run(['getent', 'group', 'isthmus'])).code).not.toBe(0);
  });
});
