import { beforeEach, describe, expect, it } from 'vitest';
import { type AdoptingInstance, AdoptionDuty } from '../../../../src/agent/adopt/adoption-duty.ts';
import { AdoptionRequests } from '../../../../src/agent/adopt/adoption-requests.ts';
import { ForeignTranslator } from '../../../../src/agent/adopt/foreign-translator.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import type { ClusterConfig } from '../../../../src/cluster/schema.ts';
import { RecordKind, SESSION_RECORD_SIZE } from '../../../../src/translator/nat64/records/session-record.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { JOOL, SimulatedGroup } from './fixture.ts';

/** The highest slot of all; a node may have it. */
const HIGHEST = 63;

interface Keys {
  readonly adopt?: string;
  readonly export?: string;
  readonly pool6?: string;
  readonly slot?: number;
}

function file({ adopt = '', export: out = '', pool6 = '64:ff9b::/96', slot = 1 }: Keys): ClusterConfig {
  const joold = (name: string, group: string, more: string): string =>
    group === '' ? '' : `, ${name}: { joold: { group: "${group}", interface: sync0, ${more} } }`;
  const options = joold('adopt', adopt, `from: ["${JOOL}"]`) + joold('export', out, 'format: 4.1.9');
  return parseClusterText(
    `cluster: campus
secretFile: /k
slots: ${slot > 4 ? HIGHEST : 4}
nodes: { gw1: { slot: ${slot} } }
instances:
  internet: { kind: nat64, pool6: ${pool6}, pool4: [{ prefix: 192.0.2.0/28 }]${options} }
  servers: { kind: siit, pool6: 2001:db8:46::/96 }
`,
    'test.yaml',
  );
}

let clock: SimulatedClock;
let group: SimulatedGroup;
let snapshots: number;
let foreign: ForeignTranslator;
beforeEach(() => {
  clock = new SimulatedClock();
  group = new SimulatedGroup();
  snapshots = 0;
  foreign = make('internet');
});

function make(name: string): ForeignTranslator {
  return new ForeignTranslator(name, {
    clock,
    open: group.open,
    offer: () => true,
    requestSnapshot: () => void (snapshots += 1),
  });
}

const groups = (): string[] => group.opened.map((place) => place.group);

describe('the other translator of an instance', () => {
  it('is none where the file names none, or the instance keeps no sessions', () => {
    foreign.configure(file({}));
    foreign.start();
    expect([foreign.adoption, foreign.exporting, groups()]).toEqual([undefined, undefined, []]);
    expect(foreign.status(5)).toEqual({ adoption: undefined, exported: undefined });
    const servers = make('servers');
    servers.configure(file({ adopt: 'ff08::1' }));
    expect(servers.adoption).toBeUndefined();
  });

  it('is heard from when the instance runs, and no longer', () => {
    foreign.configure(file({ adopt: 'ff08::1', export: 'ff08::2' }));
    expect(groups()).toEqual([]);
    foreign.start();
    expect(groups().toSorted()).toEqual(['ff08::1', 'ff08::2']);
    expect(snapshots).toBe(1);
    expect(foreign.status(5)).toMatchObject({
      adoption: { state: 'listening', held: 5 },
      exported: { state: 'sending' },
    });
    foreign.stop();
    expect(foreign.status(5)).toMatchObject({ adoption: { state: 'done' }, exported: { state: 'stopped' } });
  });

  it('goes on while the file says the same of it, and is another one where it does not', () => {
    const first = file({ adopt: 'ff08::1', export: 'ff08::2' });
    foreign.configure(first);
    foreign.start();
    const { adoption, exporting } = foreign;
    foreign.configure(file({ adopt: 'ff08::1', export: 'ff08::2' }));
    expect([foreign.adoption, foreign.exporting]).toEqual([adoption, exporting]);
    foreign.configure(file({ adopt: 'ff08::3', export: 'ff08::2' }));
    expect([foreign.adoption === adoption, foreign.exporting === exporting]).toEqual([false, true]);
    expect(groups().at(-1)).toBe('ff08::3');
    foreign.configure(file({ adopt: 'ff08::3', export: 'ff08::4' }));
    expect(foreign.exporting).not.toBe(exporting);
    expect(groups().at(-1)).toBe('ff08::4');
    expect(snapshots).toBe(2);
  });

  it('is another one where the addresses of the instance are others', () => {
    foreign.configure(file({ adopt: 'ff08::1', export: 'ff08::2' }));
    const { adoption, exporting } = foreign;
    foreign.configure(file({ adopt: 'ff08::1', export: 'ff08::2', pool6: '2001:db8:64::/96' }));
    expect([foreign.adoption === adoption, foreign.exporting === exporting]).toEqual([false, false]);
  });

  it('owns its sessions by the highest slot that no node has', () => {
    foreign.configure(file({ adopt: 'ff08::1' }));
    const { adoption, slot } = foreign;
    expect(slot).toBe(HIGHEST);
    foreign.configure(file({ adopt: 'ff08::1', slot: HIGHEST }));
    expect(foreign.slot).toBe(HIGHEST - 1);
    expect(foreign.adoption).not.toBe(adoption);
  });

  it('that the operator has ended stays so through a reload', () => {
    foreign.configure(file({ adopt: 'ff08::1' }));
    foreign.start();
    foreign.adoption?.done();
    foreign.configure(file({ adopt: 'ff08::3' }));
    expect([foreign.adoption?.listens, groups()]).toEqual([false, ['ff08::1']]);
  });

  it('does not listen before the instance runs, whatever a reload says', () => {
    foreign.configure(file({ adopt: 'ff08::1' }));
    foreign.configure(file({ adopt: 'ff08::3', export: 'ff08::2' }));
    expect([groups(), snapshots]).toEqual([[], 0]);
  });
});

describe('packets of its sessions', () => {
  const record = (kind: number, owner: number): number[] => {
    const bytes = Array<number>(SESSION_RECORD_SIZE).fill(0);
    [bytes[0], bytes[1]] = [kind, owner];
    return bytes;
  };

  it('are noted from hints to its slot alone', async () => {
    foreign.configure(file({ adopt: 'ff08::1' }));
    expect(foreign.unusedMs).toBe(Number.POSITIVE_INFINITY);
    const others = [record(RecordKind.create, HIGHEST), record(RecordKind.hint, 2), record(RecordKind.hint, HIGHEST)];
    const records = Uint8Array.from(others.flat());
    // The last one is not among those that left.
    foreign.tap(records, 0, 2);
    expect(foreign.unusedMs).toBe(Number.POSITIVE_INFINITY);
    foreign.tap(records, 2 * SESSION_RECORD_SIZE, 1);
    await clock.advance(700);
    expect(foreign.unusedMs).toBe(700);
  });

  it('are nothing where there is no other translator', () => {
    foreign.configure(file({ export: 'ff08::2' }));
    foreign.tap(Uint8Array.from(record(RecordKind.hint, foreign.slot)), 0, 1);
    expect(foreign.unusedMs).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('what the operator asks of several instances', () => {
  /** Instances of these names, each with its own options. */
  function requests(options: Readonly<Record<string, Keys>>) {
    const instances = Object.entries(options).map(([name, keys]): AdoptingInstance => {
      const translator = make('internet');
      translator.configure(file(keys));
      return { name, foreign: translator, foreignHeld: 0, takeOver: () => undefined };
    });
    const duty = new AdoptionDuty({ instances, clock, events: { add: () => undefined } });
    return { instances, requests: new AdoptionRequests(instances, duty) };
  }

  it('is asked of the one that it names, or of the only one that has the option', () => {
    const { requests: one, instances } = requests({ internet: { adopt: 'ff08::1' }, labs: { export: 'ff08::2' } });
    expect(one.change({ instance: '', action: 'listen' })).toEqual({
      done: true,
      code: 'adoption-listening',
      text: 'instance internet listens',
    });
    expect(instances[0]?.foreign.adoption?.listens).toBe(true);
    expect(one.change({ instance: '', action: 'advertise' })).toEqual({
      done: true,
      code: 'export-advertised',
      text: 'instance labs sends the standby all sessions of this node',
    });
    expect(snapshots).toBe(1);
    expect(() => one.load({ instance: 'labs', rows: [] })).toThrow(
      'instance labs does not have adopt; these do: internet',
    );
  });

  it('needs a name where several have the option', () => {
    const { requests: two } = requests({ internet: { adopt: 'ff08::1' }, labs: { adopt: 'ff08::2' } });
    expect(() => two.load({ instance: '', rows: [] })).toThrow(
      'several instances have adopt: choose one, internet, labs',
    );
    expect(two.load({ instance: 'labs', rows: ['nonsense'] })).toMatchObject({ taken: 0, malformed: 1 });
    expect(two.change({ instance: 'labs', action: 'done' })).toMatchObject({
      code: 'adoption-ended',
      text: 'instance labs takes nothing over any more; 0 sessions are now its own',
    });
  });
});
