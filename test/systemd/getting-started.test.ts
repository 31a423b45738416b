import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepared } from './booted-tree.ts';
import { EchoConnections } from './echo-connections.ts';
import { Page } from './page.ts';
import { BIRD_BEGINNING, CLIENT6, type Gateway, PairSite, ROUTER6, SERVER4, SERVER6 } from './pair-site.ts';
import { goOnFromEachOther } from './steps.ts';

const given = prepared();

/** Routers of releases that do not have what the page names as needed for them. */
const OLD = { frrWithBfdOnStaticRoutes: 'bookworm', radvdWithPref64: 'bookworm' };

/** What the page says of gw1, for the other. */
function ofGateway(text: string, name: Gateway): string {
  return name === 'gw1' ? text : text.replaceAll('2001:db8:a1::', '2001:db8:a2::').replaceAll('10.0.1.', '10.0.2.');
}

/** The answers of the router's own names for servers that are reached by IPv4 only. */
const AUTHORITY = `server:
  directory: ""
  chroot: ""
  username: ""
  pidfile: ""
  interface: ${SERVER4}
  access-control: 0.0.0.0/0 allow
  local-zone: "example." static
  local-data: "www.example. A ${SERVER4}"
`;
const RESOLVER = `server:
  interface: ${ROUTER6}
  access-control: 2001:db8:6::/64 allow
  domain-insecure: "example"
forward-zone:
  name: "example"
  forward-addr: ${SERVER4}
`;

describe.runIf(given).each(given?.releases ?? ['no tree'])('docs/getting-started.md, followed on %s', (release) => {
  const page = new Page('docs/getting-started.md');
  const upgrade = new Page('docs/upgrade.md');
  const both: readonly Gateway[] = ['gw1', 'gw2'];
  let site: PairSite;
  let connections: EchoConnections;
  goOnFromEachOther();

  beforeAll(async () => {
    if (given === undefined) return;
    site = new PairSite(given.placesOf(release));
    for (const gateway of both) site[gateway].copyIn(given.packages);
    for (const gateway of both) site[gateway].write('etc/apt/apt.conf.d/91yes', 'APT::Get::Assume-Yes "true";\n');
    const ends = { client: 'client', server: 'server', client6: CLIENT6, server4: SERVER4 };
    connections = new EchoConnections(site.router, ends);
    await site.boot();
  });
  afterAll(() => site?.shutDown());

  function writeFile(gateway: Gateway, name: string): void {
    site[gateway].write(name.slice(1), ofGateway(page.file(name), gateway));
  }

  it('1: packages', async () => {
    page.take('A pair', 'clients ── router');
    const text = page.take('1. Packages', 'apt install');
    for (const gateway of both) {
      await site[gateway].shell(text);
      expect(await site[gateway].shell('isthmus --version')).toContain('(build 1, ');
    }
  });

  it('2: namespace and uplink', async () => {
    for (const gateway of both) writeFile(gateway, '/etc/systemd/system/nat64-uplink.service');
    writeFile('gw1', '/etc/systemd/network/10-uplink.network');
    const text = page.take('2. Namespace', 'systemctl enable');
    for (const gateway of both) {
      expect(await site[gateway].shell(ofGateway(text, gateway))).toContain(' 0% packet loss');
    }
  });

  it('3: ring links', async () => {
    writeFile('gw1', '/etc/systemd/network/20-ring.network');
    writeFile('gw2', '/etc/network/interfaces.d/ring');
    await site.gw1.shell(page.take('3. Ring links', 'networkctl'));
    await site.gw2.shell(page.take('3. Ring links', 'ifup'));
    for (const gateway of both) {
      const cables = site[gateway].until('both cables to be up', async () => {
        const { stdout } = await site[gateway].run(['ip', '-br', 'link', 'show', 'up']);
        return /ring0\S* +UP/.test(stdout) && /ring1\S* +UP/.test(stdout);
      });
      await expect(cables).resolves.toBeUndefined();
    }
  });

  it('4: FRR in the namespace', async () => {
    const text = page.take('4. FRR', 'systemctl');
    for (const gateway of both) {
      for (const name of ['/etc/frr/nat64/daemons', '/etc/frr/nat64/frr.conf']) writeFile(gateway, name);
      await site[gateway].shell(text);
      // Inside, and nowhere else.
      const within =
        'ip netns identify $(cat /run/frr/nat64/bfdd.pid /var/run/frr/nat64/bfdd.pid 2>/dev/null | head -1)';
      expect(await site[gateway].shell(within)).toBe('nat64');
    }
  });

  it('5: secret and cluster file', async () => {
    await site.gw1.shell(page.take('5. Secret', 'scp'));
    const [here, there] = await Promise.all(
      both.map((gateway) =>
        site[gateway].shell('stat -c "%U %a" /etc/isthmus/cluster.key; sha256sum /etc/isthmus/*.key'),
      ),
    );
    expect(there).toBe(here);
    const text = page.take('5. Secret', 'isthmus config check');
    for (const gateway of both) {
      // The same on both.
      site[gateway].write('etc/isthmus/cluster.yaml', page.file('/etc/isthmus/cluster.yaml'));
      expect(await site[gateway].shell(text)).toContain('no mistake');
    }
  });

  it('6: the router, BIRD', async () => {
    site.router.write('etc/bird/bird.conf', BIRD_BEGINNING + page.take('6. The router', 'protocol bfd'));
    await site.router.shell('systemctl reset-failed; systemctl restart bird');
    // Its unit counts as started before it listens.
    const protocols = site.router.until('BIRD to show its protocols', async () => {
      return /nat64_gw2_v4 +Static/.test((await site.router.run(['birdc', 'show', 'protocols'])).stdout);
    });
    await expect(protocols).resolves.toBeUndefined();
    // Tried below where the release has it, and by nobody here.
    page.take('6. The router', 'ipv6 route');
    page.take('6. The router', 'set routing-options');
  });

  it('7: DNS64 and PREF64', async () => {
    site.router.write('etc/authority.conf', AUTHORITY);
    site.router.write('etc/unbound/unbound.conf.d/resolver.conf', RESOLVER);
    site.router.write('etc/unbound/unbound.conf.d/nat64.conf', page.take('7. DNS64', 'dns64-prefix'));
    const authority = 'systemd-run -q --unit=authority ip netns exec server unbound -d -c /etc/authority.conf';
    await site.router.shell(`${authority}; systemctl reset-failed; systemctl restart unbound`);
    const answer = site.router.until('DNS64 to answer', async () => {
      return (await site.atClient('dig', '+short', 'AAAA', 'www.example', `@${ROUTER6}`)).trim() === SERVER6;
    });
    await expect(answer).resolves.toBeUndefined();
    const prefix = page.take('7. DNS64', 'nat64prefix');
    if (release === OLD.radvdWithPref64) {
      process.stderr.write(`PREF64 not tried on ${release}: its radvd is older than 2.20\n`);
      return;
    }
    const radvd = `interface lan {\n  AdvSendAdvert on;\n  MaxRtrAdvInterval 10;\n${prefix}};\n`;
    site.router.write('etc/radvd.conf', radvd);
    // Not by its unit, which has it run when nothing else does (CPUSchedulingPolicy=idle): on a busy machine, never.
    await site.router.shell('radvd --configtest; systemd-run -q --unit=advertisements radvd --nodaemon');
    // Option 38 of 16 bytes, lifetime in steps of 8 s and /96, prefix (RFC 8781).
    const option = '2602 0708 0064 ff9b 0000 0000 0000 0000'.replaceAll(' ', '');
    await site.router.until('an advertisement with the prefix', async () => {
      const filter = 'icmp6 and ip6[40] = 134';
      const words = ['timeout', '20', 'tcpdump', '-i', 'eth0', '-c', '1', '-x', '-n', filter];
      const dump = (await site.atClient(...words)).replaceAll(/0x\w+:|\s/g, '');
      return dump.includes(option);
    });
  });

  it('8: start, and the first packet', async () => {
    const [start = '', ...rest] = page.take('8. Start', 'systemctl enable').trim().split('\n');
    for (const gateway of both) await site[gateway].shell(start);
    await site.untilHealthy('gw1', 'gw2');
    await site.untilChosen('gw1');
    expect(rest).toContain('isthmus doctor');
    for (const line of rest) for (const gateway of both) await site[gateway].shell(line);
    await site.gw1.shell(page.take('8. Start', '--through'));
    const ping = page.take('8. Start', 'ping').trim();
    await site.router.shell(`systemd-run -q --unit=ping sh -c 'exec ip netns exec client ${ping} >/run/ping'`);
    await site.router.until('an answer', async () => {
      return (await site.router.run(['cat', '/run/ping'])).stdout.includes('bytes from');
    });
    await connections.listen();
    for (let count = 0; count < 3; count++) await connections.open();
  });

  it('9: the first failover, by drain and by the power switch', async () => {
    const lines = page.take('9. The first failover').trim().split('\n');
    for (const line of lines) {
      // In between it shows a node that serves no more.
      if (line === 'isthmus status') await site.gw1.run(['sh', '-c', line]);
      else await site.operate('gw1', line);
      if (line.includes(' drain')) await site.untilChosen('gw2');
      await connections.flowing(2);
    }
    await site.untilChosen('gw1');
    await site.untilHealthy('gw1', 'gw2');
    await connections.open();
    await site.gw1.cutPower();
    await site.untilChosen('gw2');
    await connections.flowing(3);
    expect(page.left()).toEqual([]);
  });

  it('serves again after the reboot, with cables that come late', async () => {
    await site.gw1.switchOn();
    await site.plugManagement('gw1');
    await site.gw1.until('the agent to run without its uplink', async () => {
      return (await site.gw1.run(['systemctl', 'is-active', 'isthmus'])).stdout.trim() === 'active';
    });
    await site.plugUplink('gw1');
    site.plugRing();
    await site.untilHealthy('gw1', 'gw2');
    await site.untilChosen('gw1');
    await expect(connections.flowing(3)).resolves.toBeUndefined();
  });

  it('loses no connection when an agent is killed', async () => {
    await site.gw1.shell(`kill -9 ${await site.gw1.mainPid('isthmus')}`);
    await expect(connections.flowing(3)).resolves.toBeUndefined();
    await site.untilHealthy('gw1', 'gw2');
    await site.untilChosen('gw1');
  });

  it('loses no connection when both are upgraded as docs/upgrade.md says', async () => {
    const text = upgrade.take('One release to the next');
    const next = basename(given?.packages.find((path) => path.includes('-2_')) ?? 'no package');
    for (const gateway of ['gw2', 'gw1'] as const) {
      for (const line of text.trim().split('\n')) {
        const command = line.replace(/isthmus_NEXT\w*\.deb/, next);
        await site.operate(gateway, command);
        if (line.includes('undrain')) await site.untilHealthy('gw1', 'gw2');
      }
      expect(await site[gateway].shell('isthmus --version')).toContain('(build 2, ');
      await connections.flowing(2);
    }
    await site.untilChosen('gw1');
    expect(await connections.close()).toEqual([]);
  });

  it.skipIf(release === OLD.frrWithBfdOnStaticRoutes)('6: the router, FRR', async () => {
    const block = new Page('docs/getting-started.md').take('6. The router', 'ipv6 route');
    site.router.write('etc/frr/daemons', 'zebra=yes\nbfdd=yes\nstaticd=yes\n');
    site.router.write('etc/frr/frr.conf', `frr defaults traditional\n${block}`);
    await site.router.shell('systemctl stop bird; chown -R frr:frr /etc/frr; systemctl restart frr');
    for (const gateway of both) {
      await site[gateway].shell(
        "sed -i 's/neighbor: bird/neighbor: frr<10.7/' /etc/isthmus/cluster.yaml; isthmus reload",
      );
    }
    await site.untilChosen('gw1');
    await site.untilHealthy('gw1', 'gw2');
    await site.operate('gw1', 'isthmus drain --reason test');
    await site.untilChosen('gw2');
    await site.operate('gw1', 'isthmus undrain');
    await site.untilChosen('gw1');
    expect(await site.atClient('ping', '-c', '1', '-W', '10', SERVER6)).toContain(' 0% packet loss');
  });

  it('serves with one node alone after a power cut', async () => {
    await Promise.all([site.gw1.cutPower(), site.gw2.cutPower()]);
    // No cable to the other has a carrier, and nothing waits for one.
    await site.gw1.switchOn();
    await site.plugManagement('gw1');
    site.plugDeadRing('gw1');
    await site.plugUplink('gw1');
    await site.untilChosen('gw1');
    expect(await site.atClient('ping', '-c', '3', '-W', '10', SERVER6)).toMatch(/bytes from/);
    await site.gw1.shell('journalctl --sync');
    expect(await site.gw1.shell('journalctl -b -o cat')).not.toMatch(/Timeout occurred while waiting for network/);
  });
});
