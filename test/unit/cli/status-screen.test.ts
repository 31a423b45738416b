import { describe, expect, it } from 'vitest';
import { buildStatus } from '../../../src/agent/status/status-builder.ts';
import { exitStatusOf } from '../../../src/cli/status-run.ts';
import { statusScreen } from '../../../src/cli/status-screen.ts';
import {
  colourPaint,
  formatBytes,
  formatCount,
  formatDuration,
  formatSi,
  formatTable,
} from '../../../src/cli/table.ts';
import { noRefusals, type RefusalCounts } from '../../../src/replication/refusals.ts';
import { activeInfo, healthyInput, instance, link, peer, replication, traffic } from '../agent/status-fixture.ts';

describe('the status screen', () => {
  it('shows a healthy pair', () => {
    const replica = (slot: number) => ({ slot, instance: 'internet', sessions: 7, sync: 'inSync' });
    const { info, peerInfo } = healthyInput();
    const proven = new Map([...peerInfo].map(([slot, one]) => [slot, { ...one, replicas: [replica(1)] }]));
    const status = buildStatus(healthyInput({ info: { ...info, replicas: [replica(2)] }, peerInfo: proven }));
    expect(statusScreen(status)).toMatchInlineSnapshot(`
      "HEALTHY  cluster campus, seen from gw1

      NODE        STATE   SINCE  ROUTES     LAG FRAMES  LOST FRAMES  SESSIONS AT RISK  REASON
      gw1 (here)  active  10 s   announced           -            -                 0  in sync
      gw2         active  10 s   announced           0            0                 0  in sync

      INSTANCE  KIND   STATE    SESSIONS    OWN  REPLICATED   FROM GW2  TUN
      internet  nat64  running     1 007  1 000           7  7 in sync  internet in nat64

      TRAFFIC   NODE   BIT/S  PACKETS/S  NEW/S  FAST PATH  NODE POOL4  FULLEST SLICE                   DROPPED, 1 MIN               ANSWERED, 1 MIN
      internet  gw1   1.23 G      150 k    420       98 %       4.0 %  7.2 % 192.0.2.0/28 tcp, slot 1  1 304 dropNoMapping (1 180)  0
      internet  gw2   1.23 G      150 k    420       98 %       4.0 %  7.2 % 192.0.2.0/28 tcp, slot 1  1 304 dropNoMapping (1 180)  0

      LINK   HEALTH  FRAMES IN  FRAMES OUT  FIRST COPIES  DUPLICATES  FORWARDED  REFUSED  HEARTBEATS 2 S
      ring0  ok             50         100            30          21          0        0  gw2 98 %
      ring1  ok             50         100            30          21          0        0  gw2 98 %

      1 check passes.
      "
    `);
  });

  it('shows the most severe problem first', () => {
    const status = buildStatus(
      healthyInput({
        info: activeInfo({ state: 'failed', reason: 'TUN internet is gone', announcing: false }),
        replication: replication({ peers: [peer({ alive: false, silentMs: 65_000, lost: 2, announced: 60 })] }),
      }),
    );
    const lines = statusScreen(status).split('\n');
    expect(lines[0]).toBe('NOT SERVING  cluster campus, seen from gw1');
    expect(lines[1]).toBe('  ● node gw1: failed: TUN internet is gone');
    expect(lines.find((line) => line.startsWith('gw2'))).toMatch(/DOWN .* 10 +2 +- +last frame 1 min 5 s ago/);
    expect(lines.find((line) => line.startsWith('gw1'))).toMatch(/- +- +1 000 +TUN/);
  });

  it('says in words why frames and connections were refused', () => {
    const refused = { ...noRefusals(), sameSlot: 12, oldEpoch: 1 };
    const connectionsRefused = new Map([['unproven', 3]] as const);
    const input = replication({ links: [link('ring0', { refused }), link('ring1')], connectionsRefused });
    const lines = statusScreen(buildStatus(healthyInput({ replication: input }))).split('\n');
    expect(lines).toContain(
      '  ring0 refused since the start: 1: from an earlier epoch of its sender; 12: another node uses our slot',
    );
    expect(lines.filter((line) => line.startsWith('  ring1 refused'))).toEqual([]);
    expect(lines).toContain(
      '  connections refused since the start: 3: it did not show a certificate of the cluster in time',
    );
  });

  it('does not warn of frames that are refused after each start of a node, and says that this is normal', () => {
    const warned = (refused: Partial<RefusalCounts>): string[] => {
      const links = [link('ring0', { refused: { ...noRefusals(), ...refused } })];
      const status = buildStatus(healthyInput({ replication: replication({ links }) }));
      const screen = statusScreen(status, (style, text) => (style === 'warning' ? `<${text}>` : text));
      return screen.split('\n').filter((line) => /^ring0 |ring0 refused/.test(line.trim()));
    };
    const ordinary = warned({ unproven: 1016 });
    expect(ordinary[0]).toMatch(/ 1.016 /);
    expect(ordinary[0]).not.toContain('<');
    expect(ordinary[1]).toMatch(/since the start: 1.016: log data .*: normal for a moment after a node has started$/);
    expect(warned({ unproven: 1016, seal: 1 })[0]).toMatch(/< *1.017>/);
  });

  it('shows what each node carries, and what it does not', () => {
    const quiet = traffic({
      packetsPerSecond: 0,
      dropped: 0,
      answered: 12,
      topAnswer: 'answerTtl',
      topAnswerCount: 12,
    });
    const full = { ...quiet, worstSliceUsed: 499, worstSlice: '198.51.100.0/29 udp, slot 2' };
    const said = { name: 'internet', ownSessions: 7, heldHere: 0, sync: '', traffic: full };
    const peerInfo = new Map([[2, activeInfo({ instances: [said] })]]);
    const lines = statusScreen(buildStatus(healthyInput({ peerInfo }))).split('\n');
    const at = lines.findIndex((line) => line.startsWith('TRAFFIC'));
    const cells = lines.slice(at + 1, at + 3).map((line) => line.replaceAll(/ {2,}/g, '|'));
    expect(cells).toEqual([
      'internet|gw1|1.23 G|150 k|420|98 %|4.0 %|7.2 % 192.0.2.0/28 tcp, slot 1|1 304 dropNoMapping (1 180)|0',
      'internet|gw2|1.23 G|0|420|-|4.0 %|99.8 % 198.51.100.0/29 udp, slot 2|0|12 answerTtl',
    ]);
  });

  it('leaves out nodes that are gone, and releases that do not measure', () => {
    const said = { name: 'internet', ownSessions: 7, heldHere: 0, sync: '', traffic: undefined };
    const peerInfo = new Map([[2, activeInfo({ instances: [said] })]]);
    const silent = replication({ peers: [peer({ alive: false })] });
    for (const input of [{ peerInfo }, { replication: silent }]) {
      const screen = statusScreen(buildStatus(healthyInput(input)));
      expect(screen.match(/^internet +gw\d.*/gm)).toHaveLength(1);
    }
  });

  it('says what the kernel does for an instance, where it was asked for', () => {
    const helped = instance({ fastPath: 'on up0', interfaceOffloads: ['up0 rx-udp-gro-forwarding'] });
    const lines = statusScreen(buildStatus(healthyInput({ instances: [helped] }))).split('\n');
    expect(lines).toContain('  internet: up0 rx-udp-gro-forwarding on');
    expect(lines).toContain('  internet: fast path on up0');
  });

  it('says how the sessions are divided between shards', () => {
    const shards = [
      { sessions: 1200, packets: 2, handedOver: 0 },
      { sessions: 34, packets: 4, handedOver: 1 },
    ];
    const divided = instance({ shards, queues: 'by the kernel' });
    const lines = statusScreen(buildStatus(healthyInput({ instances: [divided] }))).split('\n');
    expect(lines).toContain(`  internet: 2 shards with ${formatCount(1200)} + 34 sessions, steered by the kernel`);
  });

  it('ends with 0, 1 or 2', () => {
    expect(exitStatusOf(buildStatus(healthyInput()))).toBe(0);
    const silent = replication({ peers: [peer({ alive: false })] });
    expect(exitStatusOf(buildStatus(healthyInput({ replication: silent })))).toBe(1);
    const info = activeInfo({ state: 'failed', announcing: false });
    expect(exitStatusOf(buildStatus(healthyInput({ info, replication: silent })))).toBe(2);
  });
});

describe('tables', () => {
  it('are as wide as their widest cell, and colours do not count', () => {
    const rows = [
      ['a', { text: '1234', style: 'bad' as const }, 'x'],
      ['abcd', '5', 'y'],
    ];
    const columns = [{ title: 'N' }, { title: 'V', align: 'right' as const }, { title: 'W' }];
    expect(formatTable(columns, rows)).toEqual(['N        V  W', 'a     1234  x', 'abcd     5  y']);
    const coloured = formatTable(columns, rows, colourPaint).join('\n');
    expect(coloured).toContain('\u001B[1;31m1234\u001B[0m');
  });

  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1 000'],
    [1_234_567, '1 234 567'],
  ])('writes %d as %s', (value, text) => expect(formatCount(value)).toBe(text));

  it.each([
    [0, '0'],
    [999, '999'],
    [999.6, '1.00 k'],
    [1234, '1.23 k'],
    [12_345, '12.3 k'],
    [99_960, '100 k'],
    [999_499, '999 k'],
    [999_500, '1.00 M'],
    [1_234_567_890, '1.23 G'],
    [25e15, '25000 T'],
  ])('writes %d with a prefix as %s', (value, text) => expect(formatSi(value)).toBe(text));

  it('writes bytes with a space before the unit, whether it has a prefix or not', () => {
    expect([0, 176, 1760].map(formatBytes)).toEqual(['0 B', '176 B', '1.76 kB']);
  });

  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [59_999, '59 s'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h 0 min'],
    [90_000_000, '1 d 1 h'],
  ])('writes %d ms as %s', (value, text) => expect(formatDuration(value)).toBe(text));
});
