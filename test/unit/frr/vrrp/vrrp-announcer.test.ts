import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnnouncementError } from '../../../../src/frr/announcer.ts';
import { parseKeepalivedDump, type VrrpInstance, type VrrpReader } from '../../../../src/frr/vrrp/keepalived.ts';
import { readTrackFile } from '../../../../src/frr/vrrp/track-file.ts';
import { VrrpAnnouncer } from '../../../../src/frr/vrrp/vrrp-announcer.ts';

/** A keepalived whose instances track the file with weight 1. */
class SimulatedKeepalived implements VrrpReader {
  readonly #file: string;
  pid: number | undefined = 7;
  tracks = true;
  broken = false;
  reads = 0;
  names = ['V4', 'V6'];
  /** An instance that does not follow the file. */
  stuck = '';

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<readonly VrrpInstance[]> {
    this.reads++;
    if (this.pid === undefined) throw new AnnouncementError('keepalived does not run (/run/keepalived.pid)');
    const value = this.tracks ? (readTrackFile(this.#file) ?? 0) : 0;
    const state = this.broken || value <= -254 ? 'FAULT' : 'BACKUP';
    const priority = 150 + Math.max(value, -149);
    return this.names.map((name) => ({
      name,
      interface: 'lan0',
      ...(name === this.stuck ? { state: 'MASTER', priority: 150 } : { state, priority }),
    }));
  }
}

describe('an upstream by VRRP', () => {
  let directory: string;
  let file: string;
  let keepalived: SimulatedKeepalived;
  let nowMs: number;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'vrrp-'));
    file = join(directory, 'core.track');
    keepalived = new SimulatedKeepalived(file);
    nowMs = 0;
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function announcer(): VrrpAnnouncer {
    const options = { instances: ['V4', 'V6'], trackFile: file, pidFile: '/run/keepalived.pid', backup: 50 };
    // No time passes while it waits but what a look takes.
    return new VrrpAnnouncer('core', options, keepalived, 500, () => (nowMs += 100));
  }

  it('is what the number in the file says, and is read back', async () => {
    const one = announcer();
    for (const [wanted, value, observed, detail] of [
      ['announced', 0, 'announced', ''],
      ['backup', -50, 'announced', 'as a backup'],
    ] as const) {
      await one.announce(wanted);
      expect(readTrackFile(file)).toBe(value);
      const seen = await one.observe();
      expect(seen.sessions).toEqual(
        ['V4', 'V6'].map((peer) => ({ kind: 'vrrp', peer, interface: 'lan0', observed, state: 'BACKUP', detail })),
      );
      expect([one.isAs(wanted, seen), one.isAs('withdrawn', seen)]).toEqual([true, false]);
    }
    await one.withdraw();
    expect(readTrackFile(file)).toBe(-254);
    const seen = await one.observe();
    expect(seen.sessions.map(({ observed, state }) => [observed, state])).toEqual([
      ['withdrawn', 'FAULT'],
      ['withdrawn', 'FAULT'],
    ]);
    expect(one.isAs('withdrawn', seen)).toBe(true);
  });

  it('is not withdrawn where keepalived does not follow, and says what to look at', async () => {
    keepalived.tracks = false;
    const one = announcer();
    await expect(one.withdraw()).rejects.toThrow(
      `upstream core is NOT known to be withdrawn: keepalived shows V4 as BACKUP, V6 as BACKUP; does it track ${file} with weight 1?`,
    );
    const seen = await one.observe();
    expect(seen.sessions.map(({ observed }) => observed)).toEqual(['announced', 'announced']);
    expect(one.isAs('withdrawn', seen)).toBe(false);
  });

  it('is not withdrawn, and no backup, while one of several instances does not follow', async () => {
    keepalived.stuck = 'V6';
    const one = announcer();
    await expect(one.withdraw()).rejects.toThrow('keepalived shows V6 as MASTER; does it track');
    expect(one.isAs('withdrawn', await one.observe())).toBe(false);
    keepalived.stuck = '';
    await one.withdraw();
    expect(one.isAs('withdrawn', await one.observe())).toBe(true);
  });

  it('is unknown without keepalived, and the file says what it is to find', async () => {
    keepalived.pid = undefined;
    const one = announcer();
    await expect(one.withdraw()).rejects.toThrow('keepalived does not run');
    expect(readTrackFile(file)).toBe(-254);
    expect(await one.observe()).toMatchObject({ readable: false, sessions: [{ observed: 'unknown' }, {}] });
    keepalived.pid = 8;
    expect((await one.observe()).readable).toBe(true);
  });

  it('names instances that keepalived does not have, and faults of its own', async () => {
    keepalived.names = ['V4'];
    const one = announcer();
    await expect(one.announce('announced')).rejects.toThrow('keepalived has no vrrp_instance V6');
    keepalived.names = ['V4', 'V6'];
    keepalived.broken = true;
    const [reads, begunMs] = [keepalived.reads, nowMs];
    await one.announce('announced');
    // It is looked at again and again until the time is over.
    expect(keepalived.reads - reads).toBeGreaterThan(1);
    expect(nowMs - begunMs).toBeGreaterThanOrEqual(500);
    expect((await one.observe()).sessions[0]).toMatchObject({
      observed: 'announced',
      state: 'FAULT',
      detail: 'keepalived has another reason for FAULT: is lan0 up, and what else does V4 track?',
    });
  });

  it('asks keepalived seldom, and at once when somebody has changed the file', async () => {
    const one = announcer();
    await one.announce('announced');
    const before = keepalived.reads;
    for (let look = 0; look < 10; look++) await one.observe();
    expect(keepalived.reads).toBe(before);
    writeFileSync(file, '-254\n');
    const seen = await one.observe();
    expect(keepalived.reads).toBe(before + 1);
    expect(one.isAs('announced', seen)).toBe(false);
  });

  it('is not announced where the file cannot be written, and says which and why', async () => {
    rmSync(directory, { recursive: true });
    await expect(announcer().announce('announced')).rejects.toThrow(
      new RegExp(`^upstream core: ${file} cannot be written: ENOENT`),
    );
    expect(keepalived.reads).toBe(0);
    mkdirSync(directory);
  });

  it('has an order for the guard', () => {
    expect(announcer().guardOrders()).toEqual([{ file, text: '-254\n' }]);
  });
});

it('reads what keepalived 2.2.7 has dumped', () => {
  const dumped = `[{"data":{"iname":"V4","ifp_ifname":"t0","base_priority":150,"effective_priority":50,"state":2,"wantstate":2,"vips":["10.3.0.100/24 dev t0 scope global set"]},"stats":{"advert_rcvd":0}},
{"data":{"iname":"V6","ifp_ifname":"t0","effective_priority":150,"state":3},"stats":{}}]`;
  expect(parseKeepalivedDump(dumped)).toEqual([
    { name: 'V4', interface: 't0', state: 'MASTER', priority: 50 },
    { name: 'V6', interface: 't0', state: 'FAULT', priority: 150 },
  ]);
  expect(() => parseKeepalivedDump(dumped.slice(0, 100))).toThrow(SyntaxError);
});
