import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BootedTree, prepared } from './booted-tree.ts';
import { EchoConnections } from './echo-connections.ts';
import { announced, CLIENT6, configure, SERVER4, setUplink, translates } from './single-node.ts';
import { goOnFromEachOther } from './steps.ts';

const given = prepared();

/** systemd-analyze's exposure of the unit, at most: 0 is none, 10 all. */
const EXPOSURE = 3.9;

describe.runIf(given).each(given?.releases ?? ['no tree'])('the package on %s, under systemd', (release) => {
  let machine: BootedTree;
  goOnFromEachOther();

  beforeAll(async () => {
    if (given === undefined) return;
    machine = new BootedTree(given.placesOf(release));
    machine.copyIn(given.packages);
    configure(machine);
    await machine.boot();
  });
  afterAll(async () => {
    await machine?.shutDown();
    machine?.remove();
  });

  async function mainPid(): Promise<string> {
    return machine.mainPid('isthmus');
  }

  async function untilServing(): Promise<void> {
    await machine.until('the node to be active and announced', async () => {
      const { stdout } = await machine.run(['isthmus', 'status', '--json']);
      return stdout.includes('"state": "active"') && (await announced(machine));
    });
    expect(await translates(machine)).toBe(true);
  }

  async function untilRestarted(former: string, unit = 'isthmus'): Promise<void> {
    await machine.until('another agent', async () => {
      const { stdout } = await machine.run(['systemctl', 'show', '-P', 'MainPID', unit]);
      return !['0', '', former].includes(stdout.trim()) && (await machine.run(['isthmus', 'status'])).code !== 2;
    });
    await untilServing();
  }

  it('installs by apt, makes its groups, and starts nothing', async () => {
    await machine.shell('apt-get install -y --no-install-recommends /root/isthmus_*-1_*.deb');
    expect(await machine.shell('getent group isthmus isthmus-admin | wc -l')).toBe('2');
    expect((await machine.run(['systemctl', 'is-enabled', 'isthmus.service'])).stdout.trim()).toBe('disabled');
    expect((await machine.run(['systemctl', 'is-active', 'isthmus.service'])).stdout.trim()).toBe('inactive');
    expect(await machine.shell('isthmus --version')).toMatch(/\(build 1, /);
    expect(await machine.shell('isthmus drill list')).toContain('kill-agent');
  });

  it('brings a manual, and settings that the programs of the machine take', async () => {
    for (const name of ['isthmus(8)', 'isthmus-doctor(8)', 'isthmus-cluster.yaml(5)']) {
      expect((await machine.shell(`man '${name}'`)).toLowerCase()).toContain(name);
    }
    const rotation = await machine.run(['logrotate', '--debug', '/etc/logrotate.d/isthmus']);
    expect(rotation).toMatchObject({ code: 0, stderr: expect.stringContaining('/var/lib/isthmus/*.nat-log') });
    expect(rotation.stderr).not.toMatch(/error|insecure/);
    await machine.shell('systemd-tmpfiles --create isthmus.conf');
    expect(await machine.shell("stat -c '%U:%G %a' /etc/isthmus /var/lib/isthmus")).toBe(
      'root:isthmus 750\nroot:isthmus 750',
    );
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
    // The daemon may be some lines behind.
    await machine.shell('journalctl --sync');
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

  /** Kills agent and guard together, so that neither can do anything about the other's end; nothing starts again. */
  async function killBoth(settings: string): Promise<void> {
    machine.write('etc/systemd/system/isthmus.service.d/test.conf', `[Service]\nRestart=no\n${settings}`);
    await machine.shell('systemctl daemon-reload');
    const pids = `${await mainPid()} $(pgrep -x isthmus-guard)`;
    await machine.shell(`kill -STOP ${pids}; kill -9 ${pids}`);
    await machine.until('the router to lose its route', async () => !(await announced(machine)));
    await machine.until('the unit to have failed', async () => {
      return (await machine.run(['systemctl', 'is-failed', 'isthmus'])).stdout.trim() === 'failed';
    });
  }

  async function startAgain(): Promise<void> {
    await machine.shell(
      'rm -r /etc/systemd/system/isthmus.service.d; systemctl daemon-reload; systemctl start isthmus',
    );
    await untilServing();
  }

  it('is withdrawn by the gate alone when agent and guard are killed together', async () => {
    await killBoth('ExecStopPost=\n');
    expect(await announced(machine)).toBe(false);
    await startAgain();
  });

  it('is withdrawn by ExecStopPost too, which says so', async () => {
    await killBoth('');
    await machine.shell('journalctl --sync');
    const lines =
      'journalctl -o cat _SYSTEMD_INVOCATION_ID=$(systemctl show -P InvocationID isthmus) | grep withdrawn:';
    expect(await machine.shell(lines)).toContain('2001:db8:a::1');
    await startAgain();
  });

  it('withdraws when it is stopped', async () => {
    await machine.shell('systemctl stop isthmus');
    const lost = machine.until('the router to lose its route', async () => !(await announced(machine)));
    await expect(lost).resolves.toBeUndefined();
    await machine.shell('systemctl start isthmus');
    await untilServing();
  });

  it('serves as isthmus@gw1 just as well', async () => {
    await machine.shell('systemctl stop isthmus; systemctl start isthmus@gw1');
    await untilServing();
    const pid = await machine.mainPid('isthmus@gw1');
    await machine.shell(`kill -9 ${pid}`);
    await untilRestarted(pid, 'isthmus@gw1');
    expect(await machine.shell('systemctl is-active isthmus@gw1')).toBe('active');
    await machine.shell('systemctl stop isthmus@gw1; systemctl start isthmus');
    await untilServing();
  });

  it('is upgraded without an agent that notices, and without a connection lost', async () => {
    const pid = await mainPid();
    const running = await machine.shell(`readlink /proc/${pid}/exe`);
    const connections = new EchoConnections(machine, {
      client: 'router',
      server: 'router',
      client6: CLIENT6,
      server4: SERVER4,
    });
    await connections.listen();
    await connections.open();
    await machine.shell('apt-get install -y --no-install-recommends /root/isthmus_*-2_*.deb');
    expect(await machine.shell('isthmus --version')).toMatch(/\(build 2, /);
    expect(await mainPid()).toBe(pid);
    await connections.open();
    // A guard that is started now is of the version that started it.
    const guard = await machine.shell('pgrep -x isthmus-guard');
    await machine.shell(`kill -9 ${guard}`);
    await machine.until('another guard', async () => {
      return ![guard, ''].includes((await machine.run(['pgrep', '-x', 'isthmus-guard'])).stdout.trim());
    });
    const [next] = (await machine.shell('pgrep -x isthmus-guard')).split('\n');
    expect(await machine.shell(`readlink /proc/${next}/exe`)).toBe(running);
    await machine.shell('systemctl reload isthmus');
    await connections.flowing(5);
    expect(await mainPid()).toBe(pid);
    // Every file of a version's that the agent has open or mapped is of its own.
    const files = `ls -l /proc/${pid}/fd /proc/${pid}/map_files | grep -o '/usr/lib/isthmus/versions/[^/]*' | sort -u`;
    expect(running).toContain(await machine.shell(files));
    expect(await connections.close()).toEqual([]);
    await machine.shell('systemctl restart isthmus');
    await untilServing();
    expect(await machine.shell('readlink /proc/$(systemctl show -P MainPID isthmus)/exe')).not.toBe(running);
  });

  it('keeps no folder of a version that nothing runs from, and is left alone by needrestart', async () => {
    await machine.shell('apt-get install -y --reinstall --no-install-recommends /root/isthmus_*-2_*.deb');
    expect((await machine.shell('ls /usr/lib/isthmus/versions')).split('\n')).toHaveLength(1);
    const advice = await machine.shell('needrestart -b -r l');
    expect(advice).not.toMatch(/^NEEDRESTART-SVC: isthmus/m);
  });

  it('replaces what has the name of its namespace and is none', async () => {
    // As it is left by a namespace that was made inside a sandbox which has ended.
    await machine.shell('systemctl stop isthmus; umount /run/netns/nat64; test -f /run/netns/nat64');
    expect((await machine.run(['ip', '-n', 'nat64', 'link'])).code).not.toBe(0);
    await machine.shell('systemctl start isthmus');
    expect(await machine.shell('stat -f -c %T /run/netns/nat64')).toBe('nsfs');
    await machine.until('the translator to be in the new one', async () => {
      return (await machine.run(['ip', '-n', 'nat64', '-br', 'link'])).stdout.includes('nat-internet');
    });
  });

  it('serves after a reboot at which the uplink comes late', async () => {
    setUplink(machine, 'After=isthmus.service', 'sleep 6;');
    await machine.shutDown();
    await machine.boot();
    await untilServing();
    // The namespace, then FRR in it, then the agent.
    const times = await machine.shell(`for unit in isthmus-netns@nat64 frr@nat64 isthmus; do
      systemctl show --value -p InactiveExitTimestampMonotonic -p ActiveEnterTimestampMonotonic $unit; done`);
    const moments = times
      .split('\n')
      .map(Number)
      .filter((moment) => moment > 0);
    expect(moments).toHaveLength(6);
    expect(moments).toEqual(moments.toSorted((one, other) => one - other));
    expect(await machine.shell('journalctl --sync; journalctl -b -u isthmus -o cat')).not.toMatch(/exit-code/);
  });

  it('is exposed no more than is said', async () => {
    const text = await machine.shell('systemd-analyze security --no-pager isthmus.service');
    const exposure = Number(/Overall exposure level for isthmus.service: ([\d.]+)/.exec(text)?.[1]);
    process.stderr.write(`systemd-analyze security on ${release}: ${exposure}\n`);
    expect(exposure).toBeLessThanOrEqual(EXPOSURE);
  });

  it('leaves nothing when it is purged', async () => {
    await machine.shell('apt-get purge -y isthmus');
    // Its detection time may be longer than a purge takes.
    await machine.until('the router to lose its route', async () => !(await announced(machine)));
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
