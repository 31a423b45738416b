import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNodeConfig } from '../../../src/agent/config/node-config.ts';
import { loadClusterFile, parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { ConfigError } from '../../../src/cluster/config-error.ts';
import { readSecretFile } from '../../../src/cluster/secret-file.ts';
import { CORRECT, MISTAKES } from './mistakes.ts';
import { translatorOptionsFor } from '../../../src/cluster/translator-options.ts';

const CAMPUS = `cluster: campus
secretFile: /etc/isthmus/cluster.key
nodes:
  gw1: { slot: 1, links: [ring0, ring1] }
  gw2: { slot: 2, links: [ring0, ring1] }
instances:
  lower:
    kind: nat64
    namespace: nat64                # the data plane's network namespace
    pool6: 64:ff9b::/96
    destinations: [0.0.0.0/1]       # the half of the IPv4 internet that this instance serves
    pool4:
      - { prefix: 192.0.2.0/28, ports: 1024-65535 }        # protocols: [tcp, udp, icmp] unless said otherwise
    static:                         # static BIB entries
      - { protocol: tcp, v6: 2001:db8::5, port6: 2000, v4: 192.0.2.2, port4: 2000 }
    icmp: { source4: 192.0.2.1, source6: 2001:db8::1 }     # addresses of the errors that the translator makes
    prefer: [gw1, gw2]
    timeouts: { tcpEstablished: 2h, tcpTransitory: 4m, udp: 5m, icmp: 1m }
  servers:
    kind: siit
    namespace: nat64
    pool6: [2001:db8:100::/40]
    eam:
      - { v6: 2001:db8:3::/120, v4: 1.0.0.0/24 }
    eamHairpin: intrinsic           # none | simple | intrinsic
    rfc6791: { v4: [203.0.113.8/32], v6: [] }
    lowestIpv6Mtu: 1280
    zeroChecksumUdp: drop           # drop | compute | forward
    trafficClass: copy              # 4→6: copy | zero
    tos: copy                       # 6→4: copy | a number
    icmp: { source4: 198.51.100.1, source6: "2001:db8:1c0:2:1::" }
upstreams:
  core:                             # a router, seen from one node or all
    nodes: [gw1, gw2]
    frr: { pathspace: nat64 }
    bfd: [ { peer: 2001:db8:a::1, interface: up0 }, { peer: 10.0.0.1, interface: up0 } ]
    neighbor: bird                  # bird | frr | frr<10.7 | other, or { dropsOnAdminDown: true }
    withdraw: bfd-shutdown          # a method, or a list of them in the order in which they are tried
`;

function mistakesOf(text: string): string[] {
  try {
    parseClusterText(text, 'cluster.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

/** The campus file with one thing changed. */
function changed(from: string, to: string): string {
  expect(CAMPUS).toContain(from);
  return CAMPUS.replace(from, to);
}

describe('a cluster file', () => {
  it('is read with its defaults', () => {
    const config = parseClusterText(CAMPUS, 'cluster.yaml');
    expect(config.instances['lower']).toMatchObject({ kind: 'nat64', pool6: ['64:ff9b::/96'], mtu6: 1500 });
    const options = translatorOptionsFor(config, 'gw2', 'lower', '00');
    expect(options).toMatchObject({ kind: 'nat64', slot: 2, slots: 2, timeouts: { tcpEstablished: 7_200_000 } });
    expect(translatorOptionsFor(config, 'gw1', 'servers', '00')).toMatchObject({ rfc6791v4: ['203.0.113.8/32'] });
  });

  it('gives a node alone all ports, and each of several a slice', () => {
    const alone = changed('  gw2: { slot: 2, links: [ring0, ring1] }\n', '')
      .replace('prefer: [gw1, gw2]', '')
      .replace('nodes: [gw1, gw2]', '')
      .replace('ports: 1024-65535', 'ports: 2000');
    expect(parseClusterText(alone, 'cluster.yaml').slots).toBe(1);
    expect(
      parseClusterText(`slots: 2\n${alone.replace('ports: 2000', 'ports: 2000-2001')}`, 'cluster.yaml').slots,
    ).toBe(2);
    expect(mistakesOf(alone.replace('slot: 1,', 'slot: 2,'))[0]).toMatch('1 ports cannot be cut into 4 slots');
  });

  it('is refused with every mistake at once', () => {
    const text = CAMPUS.replace('slot: 2', 'slot: 1').replace('prefer: [gw1, gw2]', 'prefer: [gw1, gw3]');
    expect(mistakesOf(text)).toHaveLength(2);
  });
});

describe('mistakes', () => {
  it.each([
    ['kind: nat64', 'kind: nat46', /7:5: instances\.lower: not a kind of instance; kind is 'nat64' or 'siit'|8:11/],
    [
      'namespace: nat64    ',
      'namespce: nat64    ',
      /9:5: instances\.lower\.namespce: unknown key "namespce"; did you mean "namespace"\?/,
    ],
    ['192.0.2.0/28', '192.0.2.1/28', /13:19: .*did you mean 192\.0\.2\.0\/28\?/],
    ['udp: 5m', 'udp: 5', /18:\d+: .*"?5"? is not a time; .*4m/],
    ['1024-65535', '1024-70000', /13:\d+: .*not a range of ports/],
    ['slot: 2', 'slot: 1', /5:16: nodes\.gw2\.slot: slot 1 is that of gw1 already/],
    ['prefer: [gw1, gw2]', 'prefer: [gw1, gw22]', /17:\d+: .*no node is called gw22; did you mean gw2\?/],
    ['v4: 192.0.2.2,', 'v4: 192.0.3.2,', /15:\d+: .*not in pool4/],
    ['eamHairpin: intrinsic', 'eamHairpin: extrinsic', /possible are "none", "simple", "intrinsic"/],
    ['withdraw: bfd-shutdown', 'withdraw: bgp-prefix', /needs a BGP neighbour/],
    ['withdraw: bfd-shutdown', 'withdraw: [bfd-shutdown, bfd-shutdown]', /bfd-shutdown twice/],
    [
      'withdraw: bfd-shutdown',
      'bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1 }] }\n    withdraw: bfd-shutdown',
      /what BGP announces could not be withdrawn/,
    ],
    [
      'withdraw: bfd-shutdown',
      'bgp: { asn: 64512, neighbors: [{ peer: 10.0.0.1 }] }\n    withdraw: bgp-prefix',
      /its BFD peers could not be withdrawn/,
    ],
    [
      'withdraw: bfd-shutdown',
      'bgp: { asn: 0, neighbors: [{ peer: 10.0.0.1 }] }\n    withdraw: bgp-prefix',
      /bgp\.asn/,
    ],
    [
      'withdraw: bfd-shutdown',
      'bgp: { asn: 1, neighbors: [{ peer: "fe80::1" }] }\n    withdraw: bgp-prefix',
      /link-local address/,
    ],
    [
      'peer: 2001:db8:a::1, interface: up0',
      'peer: "fe80::1"',
      /bfd\[0\]\.peer: fe80::1 is a link-local address without its interface; add interface/,
    ],
    ['peer: 2001:db8:a::1, interface: up0', 'peer: 2001:db8:a::1, multihop: true', /multihop needs a local address/],
    ['peer: 2001:db8:a::1, interface', 'peer: 10.0.0.1, interface', /10\.0\.0\.1 is a peer of core already/],
    [
      'cluster: campus',
      'cluster: campus\nchecks: { exec: { site: { command: [/bin/true], nodes: [gw7] } } }',
      /no node is called gw7/,
    ],
    ['cluster: campus', 'cluster: campus\nchecks: { exec: { site: { command: [] } } }', /checks\.exec\.site\.command/],
    ['cluster: campus', 'cluster: campus\nchecks: { tun: { effect: ignore } }', /checks\.tun\.effect/],
    ['1.0.0.0/24', '192.0.2.0/24', /overlap those of lower/],
    ['secretFile: /etc/isthmus/cluster.key', '# nothing', /secretFile: missing/],
    ['instances:', 'instances: [', /not readable as YAML/],
    ['kind: nat64', 'kind: nat64\n    clampMss: 20', /clampMss/],
    [
      'kind: nat64',
      'kind: nat64\n    portBlockSize: 16384',
      /ports cannot be cut into \d+ slots with a block of 16384 ports each/,
    ],
    ['kind: nat64', 'kind: nat64\n    shards: 17', /shards/],
    [
      'ports: 1024-65535 }',
      'ports: 1024-65535, assignment: deterministic }',
      /pool4\[0\]\.assignment: deterministic for all clients there are; say which: clients: \[PREFIX\]/,
    ],
    [
      'ports: 1024-65535 }',
      'ports: 1024-65535, assignment: deterministic, clients: [2001:db8::/32, 2001:db8:9::/48] }',
      /pool4\[0\]\.clients\[1\]: it overlaps 2001:db8::\/32, and each client has one number/,
    ],
    [
      'ports: 1024-65535 }',
      'ports: 1024-65535, assignment: deterministic, clients: [2001:db8::/32] }',
      /2\^32 prefixes of clients \(limits\.clientPrefixLength: 64\), and 16777216 can be numbered/,
    ],
    [
      'ports: 1024-65535 }',
      'ports: 1024-65535, assignment: deterministic, clients: [2001:db8::/44] }',
      /65536 prefixes of clients .* share each address, with fewer ports in each of 2 slots; give the entry more/,
    ],
    [
      'ports: 1024-65535 }',
      'ports: 1024-65535, assignment: deterministic, clients: [2001:db8::/60] }',
      /static\[0\]: 192\.0\.2\.2 port 2000 \(tcp\) is one of a client's own ports/,
    ],
    ['ports: 1024-65535 }', 'ports: 1024-65535, assignment: random }', /pool4\[0\]\.assignment: /],
    [
      'kind: nat64',
      'kind: nat64\n    shards: 16\n    portBlockSize: 1024',
      /ports cannot be cut into \d+ slots of 16 shards with a block of 1024 ports each/,
    ],
    [
      'kind: nat64',
      'kind: nat64\n    shards: 4\n    worker: { cpu: 1021 }',
      /4 shards from CPU 1021 on need CPU 1024; .*highest is 1023/s,
    ],
    ['64:ff9b::/96', '64:ff9b::/90', /length 90; RFC 6052 allows/],
  ])('%s → %s', (from, to, message) => {
    expect(mistakesOf(changed(from, to)).join('\n')).toMatch(message);
  });
});

describe('the table of mistakes', () => {
  it('begins with a file that has none', () => expect(mistakesOf(CORRECT)).toEqual([]));

  it.each(MISTAKES)('$mistake', ({ from, to, message }) => {
    expect(CORRECT).toContain(from);
    expect(mistakesOf(CORRECT.replace(from, to))).toEqual([`cluster.yaml:${message}`]);
  });
});

describe('a text that is no cluster file', () => {
  it.each([
    ['', '1:1: nothing where a mapping belongs'],
    ['just text', '1:1: "just text" where a mapping belongs'],
    ['[1, 2]', '1:1: a list where a mapping belongs'],
    [`a: ${'['.repeat(20_000)}`, 'nested far too deeply'],
    ['__proto__: { cluster: campus }', '1:1: __proto__ cannot be a key; rename it'],
    ['? [a, b]\n: 1', '1:3: a key that is a list or a mapping; a key is a word'],
    ['cluster: !!js/function "x"', '1:10: not readable as YAML: Unresolved tag'],
  ])('%j is refused with a sentence', (text, message) => expect(mistakesOf(text).join('\n')).toContain(message));

  it('is told of by its first mistakes when it is wrong all over', () => {
    const nodes = Array.from({ length: 500 }, (_, index) => `  gw${index}: { slot: x }\n`).join('');
    const lines = mistakesOf(`cluster: c\nsecretFile: /x\nnodes:\n${nodes}`);
    expect([lines.length, lines.at(-1)]).toEqual([51, 'and 450 more']);
  });
});

describe('files around it', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'isthmus-files-'));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true });
  });

  it('are refused when they have no end', async () => {
    await expect(loadClusterFile('/dev/zero')).rejects.toThrow(/cannot be read: it has more than \d+ bytes/);
    await expect(loadClusterFile(directory)).rejects.toThrow(/cannot be read: .*directory/);
    await expect(loadClusterFile(join(directory, 'none'))).rejects.toThrow(/cannot be read: .*no such file/);
  });

  it('are refused as secrets when others can read them, and when nobody writes to them', async () => {
    const secret = join(directory, 'secret');
    await writeFile(secret, 'a secret that is long enough\n', { mode: 0o640 });
    await expect(readSecretFile(secret)).rejects.toThrow(`the secret can be read by others; chmod 600 ${secret}`);
    await chmod(secret, 0o600);
    expect(Buffer.from(await readSecretFile(secret)).toString()).toBe('a secret that is long enough');
    await writeFile(secret, 'short');
    await expect(readSecretFile(secret)).rejects.toThrow('a secret of 5 bytes; at least 16 are needed: copy');
    // Nothing that is advised replaces a secret that there may be.
    const absent = join(directory, 'absent');
    await expect(readSecretFile(absent)).rejects.toThrow(/copy it from another node; only for the first node/);
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', ['-m', '600', pipe]);
    await expect(readSecretFile(pipe)).rejects.toThrow('the secret cannot be read: it is not a file');
  });

  it('have no node whose name every object has', async () => {
    const file = join(directory, 'cluster.yaml');
    await writeFile(file, CORRECT);
    for (const name of ['gw3', '__proto__', 'constructor', 'toString']) {
      await expect(readNodeConfig(file, name)).rejects.toThrow(`there is no node ${name}; --node is one of gw1, gw2`);
    }
  });
});
