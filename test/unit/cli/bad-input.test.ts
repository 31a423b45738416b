import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ControlServer, type ControlHandlers, type OwnHandlers } from '../../../src/agent/control/control-server.ts';
import { ControlError } from '../../../src/agent/control/control-error.ts';
import { PeerRequests } from '../../../src/agent/control/peer-requests.ts';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { NodeTables, type TableSource } from '../../../src/agent/tables/node-tables.ts';
import { buildProgram } from '../../../src/cli/program.ts';
import type { TableFilter } from '../../../src/translator/nat64/tables/table-filter.ts';
import { TableWalk } from '../../../src/translator/nat64/tables/table-query.ts';
import { healthyInput } from '../agent/status-fixture.ts';
import { nat64Options } from '../agent/translator-options-fixture.ts';
import { emptyStore } from '../translator/nat64/tables/filled-store.ts';

function notAsked(): never {
  throw new Error('this was not to be asked');
}

/** What the tables were asked for. */
const filters: TableFilter[] = [];

const source: TableSource = {
  name: 'internet',
  options: nat64Options,
  slices: [1],
  pool: [],
  fastPathState: '',
  query: async (query) => {
    filters.push(query.filter);
    const walk = new TableWalk(emptyStore(), query);
    return walk.step(0, 1000) ?? walk.step(0, 1000) ?? notAsked();
  },
  top: async () => [],
  follow: async () => [],
  unfollow: async () => undefined,
  trace: async () => [],
  endTrace: async () => undefined,
  preview: notAsked,
  drops: async () => [],
  interfaceFor: notAsked,
};
const tables = new NodeTables([source], { nodeOf: String, unreached: () => undefined });
const own: OwnHandlers = {
  getStatus: async () => buildStatus(healthyInput()),
  listSessions: (request) => tables.listSessions(request),
  endSessions: (request) => tables.endSessions(request),
  followSessions: (request, stopped) => tables.followSessions(request, stopped),
  tracePackets: (request, stopped) => tables.tracePackets(request, stopped),
  topSessions: (request) => tables.topSessions(request),
  getDrops: (request) => tables.getDrops(request),
  listBib: (request) => tables.listBib(request),
  getPool: (request) => tables.getPool(request),
  explain: (request) => tables.explain(request),
  getStats: async ({ instance }) => {
    throw new ControlError(`there is no instance ${instance} on this node; there are: internet`);
  },
  drain: notAsked,
  undrain: notAsked,
  release: notAsked,
  pause: notAsked,
  resume: notAsked,
  testWithdrawal: notAsked,
  takeSlice: notAsked,
  reload: notAsked,
  loadForeign: notAsked,
  changeAdoption: notAsked,
  listEvents: notAsked,
  holdDrill: notAsked,
  drillStep: notAsked,
  getConfiguration: notAsked,
  searchLog: notAsked,
};
const peers = new PeerRequests(
  { node: 'gw1', slots: new Map([['gw1', 1]]), allowed: () => 'reading', ask: notAsked },
  own,
);
const handlers: ControlHandlers = { ...own, callPeer: peers.callPeer.bind(peers) };

const CLIENT = '2001:db8::1';
const PAIR = 'deploy/examples/pair.yaml';
/** Commands that take no --run-dir. */
const WITHOUT_AGENT: ReadonlySet<string> = new Set(['probe', 'doctor', 'whowas', 'config']);
/** Commands that take the filters of the tables. */
const FILTERED = [['sessions'], ['bib'], ['sessions', 'end'], ['sessions', 'follow'], ['top']];
/** Commands that take an instance and are not among these. */
const OF_AN_INSTANCE = [['stats'], ['pool'], ['explain', CLIENT, '64:ff9b::1.1.1.1'], ['trace', '--client', CLIENT]];
/** Commands that ask an agent, of which each can ask another node's. */
const ASKING = [['status'], ['stats'], ['sessions'], ['bib'], ['pool'], ['top'], ['sessions', 'follow'], ['drain']];

const WRONG: (readonly [argv: readonly string[], sentence: RegExp])[] = [
  ...FILTERED.flatMap((command): (readonly [string[], RegExp])[] => [
    [[...command, '--client', '192.0.2.1'], /^isthmus: 192\.0\.2\.1 is not an IPv6 address, .*such as 2001:db8::1/],
    [[...command, '--client', '2001:db8::/129'], /^isthmus: 2001:db8::\/129 is not an IPv6 address, .*2001:db8::\/64/],
    [[...command, '--client', `[${CLIENT}]:99999`], /^isthmus: 99999 is not a port; ports are 0 to 65535/],
    [[...command, '--pool4', '192.0.2.300'], /^isthmus: 192\.0\.2\.300 is not an IPv4 address, .*192\.0\.2\.0\/24/],
    [[...command, '--pool4', '192.0.2.1:99999'], /^isthmus: 99999 is not a port/],
    [[...command, '--pool4', '192.0.2.0/33'], /^isthmus: 192\.0\.2\.0\/33 is not an IPv4 address/],
    [[...command, '--client', CLIENT, '--instance', 'x'], /^isthmus: there is no nat64 instance x .*: internet/],
    [[...command, '--protocol', 'sctp'], /^error: .*'sctp' is invalid. Allowed choices are tcp, udp, icmp/],
  ]),
  ...FILTERED.flatMap((command) =>
    ['--client', '--pool4', '--instance', '--node'].map((option): [string[], RegExp] => [
      [...command, option, ''],
      /^error: .*the value is empty; leave the option out/,
    ]),
  ),
  ...OF_AN_INSTANCE.flatMap((command): (readonly [string[], RegExp])[] => [
    [[...command, '--instance', 'x'], /there is no (nat64 )?instance x.*internet/],
    [[...command, '--instance', ''], /^error: .*the value is empty/],
  ]),
  ...ASKING.map(
    (command) => [[...command, '--node', 'gw9'], /^isthmus: there is no node gw9; there are: gw1/] as const,
  ),
  [['sessions', '--owner', 'gw9'], /^isthmus: there is no node gw9; there are: gw1 \(slot 1\)/],
  [['sessions', '--owner', '64'], /^isthmus: there is no node 64; there are: gw1 \(slot 1\)/],
  [['sessions', '--owner', ''], /^error: .*the value is empty/],
  [['sessions', 'end', '--remote', ''], /^error: .*the value is empty/],
  [['top', '--remote', ''], /^error: .*the value is empty/],
  [['trace', '--client', CLIENT, '--remote', ''], /^error: .*the value is empty/],
  [['sessions', '--limit', '-1'], /^error: .*expected a number of 0 or more/],
  [['events', '--last', 'all'], /^error: .*expected a number of 0 or more/],
  [['history', '--last', 'x'], /^error: .*expected a number of 0 or more/],
  [['history', '--at', '25:99'], /^error: .*'25:99' is invalid. expected a time, such as 03:12/],
  [['history', '--at', '03:12', '--since', '1h'], /^error: .*cannot be used with/],
  [['events', '--since', 'yesterday'], /^error: .*expected a time, such as 03:12/],
  [['top', '--limit', '0'], /^error: .*expected a number from 1 to 1000/],
  [['top', 'users'], /^error: .*Allowed choices are clients, remotes, pool4, ports/],
  [['top', '--sort', 'size'], /^error: .*Allowed choices are sessions, new, in, packets, bytes, ports/],
  [['top', 'ports', '--sort', 'ports'], /^isthmus: ports share ports of pool4 .*; clients and pool4 can/],
  [['top', 'ports', '--prefix-length', '8'], /^isthmus: ports cannot be grouped by prefixes/],
  [['top', 'remotes', '--prefix-length', '64'], /^isthmus: 64 is not a prefix length of remotes; 1 to 32 are/],
  [['explain', 'here', '64:ff9b::1.1.1.1'], /^isthmus: here is neither an IPv6 nor an IPv4 address/],
  [['explain', CLIENT, '1.1.1.1'], /^isthmus: 2001:db8::1 and 1\.1\.1\.1 are not of one family/],
  [['explain', CLIENT, '::1', '--dport', '99999'], /^error: .*expected a number from 0 to 65535/],
  [['trace', '--client', 'me'], /^isthmus: me is not an IPv6 address; such as 2001:db8::1/],
  [['trace', '--client', CLIENT, '--remote', 'you'], /^isthmus: you is neither an IPv4 nor an IPv6 address/],
  [['trace', '--client', CLIENT, '-n', '0'], /^error: .*expected a number from 1 to 100000/],
  [
    ['capture', '--client', CLIENT, '-w', '/nowhere/x'],
    /^isthmus: \/nowhere\/x cannot be written: .*; name another file/,
  ],
  [['capture', '--client', CLIENT], /^error: required option '-w, --write <file>' not specified/],
  [['pool', 'take', 'x'], /^isthmus: "x" is not a slot; give a number from 1 to 63/],
  [['switchover', 'gw1', 'gw9'], /^isthmus: there is no node gw9; there are: gw1/],
  [['switchover', 'gw1', 'gw1'], /^isthmus: gw1 and gw1 are one node; name two/],
  [['node', 'release', 'gw9'], /^isthmus: there is no node gw9; there are: gw1/],
  [['whowas', '192.0.2.1:99999', '2026-11-29T14:03:10Z'], /99999/],
  [['whowas', '192.0.2.1:1024', 'yesterday'], /yesterday/],
  [['probe', 'run', 'host', '--port', '99999'], /99999/],
  [['probe', 'run', 'host'], /^error: .*'host' is invalid .*an IPv4 or IPv6 address is wanted/],
  [['probe', 'run', '::1', '--listen', '7008'], /^error: .*'7008' is invalid.*an address and a port are wanted/],
  [['probe', 'serve', '--address', 'here'], /^error: .*'here' is invalid.*an IPv4 or IPv6 address is wanted/],
  [['doctor', '--through', 'there'], /there/],
  [['joold', 'status', '--instance', 'x'], /^isthmus: there is no instance x on this node; there are: /],
  [['joold', 'load', '/nowhere.csv'], /^isthmus: \/nowhere\.csv.*/],
  [['drill', 'plan', 'nothing'], /^isthmus: there is no drill nothing; there are .*kill-agent/],
  [['drill', 'run'], /^isthmus: name a drill, or --all: .*kill-agent/],
  [['drill', 'run', 'kill-agent', 'nothing'], /^isthmus: there is no drill nothing; there are /],
  [['drill', 'run', 'kill-agent', '--all'], /^isthmus: --all is every drill: leave out kill-agent, or --all/],
  [
    ['drill', 'plan', 'kill-agent', '--drills', '/nowhere'],
    /^isthmus: the drills in \/nowhere cannot be read \(ENOENT\)/,
  ],
  ...['probe', 'probe:', ':7008', '[::1]', '[::1]:0', '[::1]:65536'].map((probe): [string[], RegExp] => [
    ['drill', 'run', 'kill-agent', '--probe', probe],
    /^error: .*an address and a port are wanted: \[2001:db8::5\]:7008/,
  ]),
  ...['--report', '--state-dir'].map((option): [string[], RegExp] => [
    ['drill', 'run', 'kill-agent', '--state-dir', tmpdir(), option, '/dev/null/x'],
    new RegExp(`^isthmus: the (report|history) of drills could not .*nothing was begun: .* by ${option}$`),
  ]),
  [['drill', 'run', 'kill-agent', '--detection', 'soon'], /^error: .*expected a number of milliseconds/],
  [['config', 'check', '/nowhere.yaml'], /^\/nowhere\.yaml: the file cannot be read: there is no such file/],
  [['config', 'check', PAIR, '--node', 'gw9'], /gw9/],
  [['config', 'check', PAIR, '--here'], /^isthmus: --here needs --node: the name of this machine/],
  [['config', 'show', '/nowhere.yaml'], /^\/nowhere\.yaml: the file cannot be read/],
  [['config', 'diff', PAIR, '/nowhere.yaml'], /^\/nowhere\.yaml: the file cannot be read/],
  [['config', 'diff', PAIR, PAIR, '--node', 'gw9'], /^isthmus: neither file has a node gw9; they have gw1, gw2/],
  [['config', 'init-tls', PAIR], /^error: required option '--out <dir>' not specified/],
  [['config', 'import', 'jool', '/nowhere.json'], /^isthmus: \/nowhere\.json: it cannot be read: .*; name a config/],
  [['config', 'import', 'jool', PAIR, '--mark', 'x'], /^isthmus: --mark: "x" is not possible; write it like 1=2001:/],
  [['config', 'import', 'tayga', '/nowhere'], /^isthmus: \/nowhere: it cannot be read: there is no such file/],
  [['config', 'import', 'tundra', '/nowhere'], /^isthmus: \/nowhere: it cannot be read: there is no such file/],
];

describe('input that is wrong', () => {
  let folder = '';
  let server: ControlServer | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-'));
    const sockets = { socket: join(folder, 'gw1.sock'), readSocket: join(folder, 'gw1.look') };
    server = await ControlServer.start(sockets, handlers);
  });
  afterAll(() => {
    server?.stop();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  it.each(WRONG)('isthmus %j: one sentence, exit status 2', async (argv, sentence) => {
    const said: string[] = [];
    vi.spyOn(console, 'error').mockImplementation((line: unknown) => void said.push(String(line)));
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    const exited = vi.spyOn(process, 'exit').mockImplementation((status) => {
      process.exitCode = Number(status);
      throw new Error('exited');
    });
    const asks = !WITHOUT_AGENT.has(argv[0] ?? '');
    const place = asks ? ['--run-dir', folder] : [];
    await buildProgram()
      .parseAsync([...argv, ...place], { from: 'user' })
      .catch((error: unknown) => {
        if (exited.mock.calls.length === 0) throw error;
      });
    expect([process.exitCode, said[0]]).toEqual([2, expect.stringMatching(sentence)]);
    expect(said.join('\n')).not.toMatch(/^\s+at /m);
    expect(said.join('').trim().split('\n')).toHaveLength(1);
  });

  /** Each pair of filters means the same. */
  it.each([
    ['--client', '2001:db8::1/64', '2001:db8::/64'],
    ['--client', '2001:DB8:0:0::1', '2001:db8::1'],
    ['--client', '[2001:db8:0::1]:53', '[2001:db8::1]:53'],
    ['--client', '2001:db8::1/128', '2001:db8::1'],
    ['--pool4', '192.0.2.77/28', '192.0.2.64/28'],
    ['--pool4', '192.0.2.7/32', '192.0.2.7'],
    ['--remote', '198.51.100.7/24', '198.51.100.0/24'],
    ['--remote', '198.51.100.7/32:443', '198.51.100.7:443'],
  ])('%s %s is understood as %s', async (option, meant, plain) => {
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const said: string[] = [];
    vi.spyOn(console, 'error').mockImplementation((line: unknown) => void said.push(String(line)));
    filters.length = 0;
    for (const filter of [meant, plain])
      await buildProgram().parseAsync(['sessions', '--count', option, filter, '--run-dir', folder], { from: 'user' });
    expect(said).toEqual([]);
    expect(filters).toHaveLength(2);
    expect(filters[0]).toEqual(filters[1]);
  });
});
