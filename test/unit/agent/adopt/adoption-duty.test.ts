import { describe, expect, it } from 'vitest';
import {
  type AdoptingInstance,
  AdoptionDuty,
  isTakeoverDue,
  SILENT_MS,
  type TakeoverFacts,
} from '../../../../src/agent/adopt/adoption-duty.ts';
import { AdoptionRequests } from '../../../../src/agent/adopt/adoption-requests.ts';
import { ForeignTranslator } from '../../../../src/agent/adopt/foreign-translator.ts';
import type { EventInput } from '../../../../src/agent/events/event-log.ts';
import { buildStatus } from '../../../../src/agent/status/status-builder.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import { RecordKind } from '../../../../src/translator/nat64/records/session-record.ts';
import { healthyInput, instance as statusInstance } from '../status-fixture.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { FOREIGN, JOOL, SimulatedGroup } from './fixture.ts';
import { datagram, type SaidSession } from './independent-sender.ts';

const due = (changes: Partial<TakeoverFacts>): boolean =>
  isTakeoverDue({ held: 10, silentMs: SILENT_MS, unusedMs: 100, ...changes });

describe('the takeover by silence', () => {
  it('falls to the node that packets of these sessions come to', () => {
    expect(due({})).toBe(true);
    expect(due({ unusedMs: Infinity })).toBe(false);
    // What was used before the last datagram says nothing: Jool has translated since.
    expect(due({ unusedMs: SILENT_MS + 1 })).toBe(false);
  });

  it('waits until Jool has been heard and is silent', () => {
    expect(due({ silentMs: SILENT_MS - 1 })).toBe(false);
    expect(due({ silentMs: Infinity })).toBe(false);
    expect(due({ held: 0 })).toBe(false);
  });
});

const SESSION: SaidSession = {
  protocol: 'udp',
  src6: '2001:db8:1::5',
  src6Port: 4000,
  src4: '192.0.2.1',
  src4Port: 12_000,
  dst4: '198.51.100.7',
  dst4Port: 53,
};

const FILE = `
cluster: campus
secretFile: /run/key
nodes:
  gw1: { slot: 1, links: [ring0] }
  gw2: { slot: 2, links: [ring0] }
instances:
  internet:
    kind: nat64
    pool6: [64:ff9b::/96]
    pool4: [{ prefix: 192.0.2.0/30 }]
`;
const ADOPT = `    adopt: { joold: { group: "ff08::64", interface: sync0, from: ["${JOOL}"] } }\n`;
const EXPORT = '    export: { joold: { group: "ff08::64", interface: sync0, format: 4.1.9 } }\n';

class SimulatedInstance implements AdoptingInstance {
  readonly name = 'internet';
  readonly foreign: ForeignTranslator;
  foreignHeld = 0;
  snapshots = 0;
  readonly takenOver: number[] = [];

  constructor(group: SimulatedGroup, clock: SimulatedClock) {
    this.foreign = new ForeignTranslator(this.name, {
      clock,
      open: group.open,
      offer: (_, count) => {
        this.foreignHeld += count;
        return true;
      },
      requestSnapshot: () => void (this.snapshots += 1),
    });
  }

  takeOver(slot: number): void {
    this.takenOver.push(slot);
    this.foreignHeld = 0;
  }
}

function dutyWith(options: string) {
  const [group, clock] = [new SimulatedGroup(), new SimulatedClock()];
  const instance = new SimulatedInstance(group, clock);
  instance.foreign.configure(parseClusterText(FILE + options, 'cluster.yaml'));
  instance.foreign.start();
  const events: EventInput[] = [];
  const duty = new AdoptionDuty({
    instances: [instance],
    clock,
    events: { add: (event) => void events.push(event) },
  });
  duty.start();
  const use = (): void => {
    const hint = new Uint8Array(64);
    hint.set([RecordKind.hint, FOREIGN]);
    instance.foreign.tap(hint, 0, 1);
  };
  return { group, clock, instance, events, duty, use, requests: new AdoptionRequests([instance], duty) };
}

describe('the duty of a node that adopts', () => {
  it('takes over once when the traffic has moved, and says so', async () => {
    const { group, clock, instance, events, use } = dutyWith(ADOPT);
    group.say(datagram([SESSION]));
    await clock.advance(10_000);
    expect(instance.takenOver).toEqual([]);
    use();
    group.say(datagram([SESSION]));
    await clock.advance(1000);
    use();
    await clock.advance(SILENT_MS - 1500);
    expect(instance.takenOver).toEqual([]);
    await clock.advance(1000);
    expect(instance.takenOver).toEqual([FOREIGN]);
    await clock.advance(60_000);
    expect(instance.takenOver).toEqual([FOREIGN]);
    expect(events).toMatchObject([{ code: 'sessions-adopted', name: 'internet' }]);
  });

  it('ends by the operator, who can begin it again', async () => {
    const { group, instance, requests } = dutyWith(ADOPT);
    group.say(datagram([SESSION]));
    expect(requests.change({ instance: '', action: 'done' })).toMatchObject({ done: true, code: 'adoption-ended' });
    expect([instance.takenOver, group.isOpen]).toEqual([[FOREIGN], false]);
    expect(requests.change({ instance: 'internet', action: 'listen' })).toMatchObject({ done: true });
    expect(group.isOpen).toBe(true);
  });

  it('says which instances can be meant', () => {
    const { requests } = dutyWith(ADOPT);
    expect(() => requests.change({ instance: 'siit', action: 'done' })).toThrow('these do: internet');
    expect(() => requests.change({ instance: '', action: 'advertise' })).toThrow('no instance has the option export');
    expect(() => requests.change({ instance: '', action: 'begin' })).toThrow('done, listen or advertise');
  });

  it('takes another option from the file while it runs, and goes on where nothing has changed', () => {
    const { group, instance } = dutyWith(ADOPT + EXPORT);
    expect([group.opened.length, instance.snapshots]).toEqual([2, 1]);
    const { adoption } = instance.foreign;
    instance.foreign.configure(parseClusterText(FILE + ADOPT, 'cluster.yaml'));
    expect(instance.foreign.adoption).toBe(adoption);
    expect(instance.foreign.exporting).toBeUndefined();
    instance.foreign.configure(parseClusterText(FILE + EXPORT, 'cluster.yaml'));
    expect(instance.foreign.adoption).toBeUndefined();
    expect(instance.snapshots).toBe(2);
  });
});

describe('the status of a node that adopts', () => {
  const adoption = {
    place: 'ff08::64 port 6400 on sync0',
    state: 'listening',
    reason: '',
    datagrams: 4,
    records: 9,
    held: 7,
    silentMs: 1234,
    refused: [{ name: 'pool4', kind: 'refused', value: 2, help: 'its IPv4 address or port is not in pool4' }],
  };

  it('shows it for as long as it is on, with counts and what was refused', () => {
    const { problems, health } = buildStatus(healthyInput({ instances: [statusInstance({ adoption })] }));
    expect(health).toBe('degraded');
    expect(problems).toMatchObject([{ code: 'adoption-listening', subject: 'instance internet' }]);
    expect(problems[0]?.text).toMatch(/7 held, 9 records, the last datagram 1\.2 s ago; refused 2: its IPv4/);
    const done = { ...adoption, state: 'done' };
    expect(buildStatus(healthyInput({ instances: [statusInstance({ adoption: done })] })).health).toBe('healthy');
  });

  it('says why nothing is heard or told', () => {
    const unable = { ...adoption, state: 'unable', reason: 'bind ENODEV' };
    const exported = { ...unable, format: '4.1.9', waiting: 0, lost: 0 };
    const { problems } = buildStatus(healthyInput({ instances: [statusInstance({ adoption: unable, exported })] }));
    expect(problems.map(({ code }) => code)).toEqual(['adoption-unable', 'export-unable']);
    for (const { text } of problems) expect(text).toContain('bind ENODEV');
  });
});
