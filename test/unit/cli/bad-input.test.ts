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
import { TableWalk } from '../../../src/translator/nat64/tables/table-query.ts';
import { healthyInput } from '../agent/status-fixture.ts';
import { nat64Options } from '../agent/translator-options-fixture.ts';
import { emptyStore } from '../translator/nat64/tables/filled-store.ts';

function notAsked(): never {
  throw new Error('this was not to be asked');
}

const source: TableSource = {
  name: 'internet',
  options: nat64Options,
  slices: [1],
  pool: [],
  fastPathState: '',
  query: async (query) => new TableWalk(emptyStore(), query).step(0, 1000) ?? notAsked(),
  top: async () => [],
  follow: async () => [],
  unfollow: async () => undefined,
  trace: async () => [],
  endTrace: async () => undefined,
  preview: notAsked,
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
  searchLog: notAsked,
};
const peers = new PeerRequests(
  { node: 'gw1', slots: new Map([['gw1', 1]]), allowed: () => 'reading', ask: notAsked },
  own,
);
const handlers: ControlHandlers = { ...own, callPeer: peers.callPeer.bind(peers) };

const CLIENT = '2001:db8::1';
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
  ...OF_AN_INSTANCE.map(
    (command) => [[...command, '--instance', 'x'], /there is no (nat64 )?instance x.*internet/] as const,
  ),
  ...ASKING.map(
    (command) => [[...command, '--node', 'gw9'], /^isthmus: there is no node gw9; there are: gw1/] as const,
  ),
  [['sessions', '--owner', 'gw9'], /^isthmus: there is no node gw9; there are: gw1 \(slot 1\)/],
  [['sessions', '--limit', '-1'], /^error: .*expected a number of 0 or more/],
  [['events', '--last', 'all'], /^error: .*expected a number of 0 or more/],
  [['history', '--last', 'x'], /^error: .*expected a number of 0 or more/],
  [['top', '--limit', '0'], /^error: .*expected a number from 1 to 1000/],
  [['top', 'users'], /^error: .*Allowed choices are clients, remotes, pool4, ports/],
  [['top', '--sort', 'size'], /^error: .*Allowed choices are sessions, new, packets, bytes/],
  [['top', 'ports', '--prefix-length', '8'], /^isthmus: ports are not told apart by prefixes/],
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
  [['whowas', '192.0.2.1:99999', '2026-11-29T14:03:10Z'], /99999/],
  [['whowas', '192.0.2.1:1024', 'yesterday'], /yesterday/],
  [['probe', 'run', 'host', '--port', '99999'], /99999/],
  [['doctor', '--through', 'there'], /there/],
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
      // Each program listens to the output anew, which is more often than Node.js expects of one process.
      if (!String(text).startsWith('(node:')) said.push(String(text));
      return true;
    });
    const exited = vi.spyOn(process, 'exit').mockImplementation((status) => {
      process.exitCode = Number(status);
      throw new Error('exited');
    });
    const asks = !['probe', 'doctor', 'whowas'].includes(argv[0] ?? '');
    const place = asks ? ['--run-dir', folder] : [];
    await buildProgram()
      .parseAsync([...argv, ...place], { from: 'user' })
      .catch((error: unknown) => {
        if (exited.mock.calls.length === 0) throw error;
      });
    expect([process.exitCode, said[0]]).toEqual([2, expect.stringMatching(sentence)]);
    expect(said.join('\n')).not.toMatch(/^\s+at /m);
    const [first = ''] = said;
    expect(
      first
        .trim()
        .split('\n')
        .filter((line) => line !== '' && !line.includes('--help')),
    ).toHaveLength(1);
  });
});
