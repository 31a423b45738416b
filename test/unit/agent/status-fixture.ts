import type { NodeInfo, Traffic } from '../../../src/agent/control/messages.ts';
import { unknownNode } from '../../../src/agent/status/status-builder.ts';
import type { MeasuredInstance, StatusInput } from '../../../src/agent/status/status-input.ts';
import { noRefusals } from '../../../src/replication/refusals.ts';
import type { LinkStatus, PeerStatus, ReplicationStatus } from '../../../src/replication/status.ts';

/** A healthy pair as gw1 sees it; tests change what they are about. */
export function healthyInput(changes: Partial<StatusInput> = {}): StatusInput {
  return {
    cluster: 'campus',
    node: { name: 'gw1', slot: 1 },
    time: 1_800_000_000_000,
    info: activeInfo(),
    peerInfo: new Map([
      [2, activeInfo({ instances: [{ name: 'internet', ownSessions: 7, heldHere: 0, sync: '', traffic: traffic() }] })],
    ]),
    instances: [instance()],
    replication: replication(),
    announcements: [],
    sessionChanges: [],
    lagMs: new Map(),
    clocksAhead: new Map(),
    checks: [{ name: 'worker', ok: true, result: 'ok', effect: 'withdraw', text: 'worker heartbeat is 3 ms old' }],
    natLog: [],
    notify: [],
    relay: { targets: [], counters: [] },
    ...changes,
  };
}

export function activeInfo(changes: Partial<NodeInfo> = {}): NodeInfo {
  const info = { ...unknownNode(), state: 'active', reason: 'in sync', since: 1_799_999_990_000, announcing: true };
  return { ...info, revision: 'abc', software: '0.1.0', pid: 77, started: 1_799_999_000_000, ...changes };
}

export function instance(changes: Partial<MeasuredInstance> = {}): MeasuredInstance {
  return {
    name: 'internet',
    kind: 'nat64',
    state: 'running',
    reason: '',
    namespace: 'nat64',
    tun: 'internet',
    tunOffloads: ['csum', 'tso4', 'tso6'],
    queues: '',
    shards: [],
    interfaceOffloads: [],
    fastPath: '',
    pool6: ['64:ff9b::/96'],
    sessions: 1007,
    ownSessions: 1000,
    bibEntries: 500,
    heartbeatAgeMs: 3,
    stalledMs: changes.heartbeatAgeMs ?? 3,
    sessionLimit: 1_000_000,
    bibLimit: 500_000,
    straySessions: 0,
    workerCpuMs: [12_500],
    preferredNodes: ['gw1', 'gw2'],
    counters: [
      { name: 'translated64', kind: 'pass', value: 5, help: '' },
      { name: 'noSession', kind: 'drop', value: 0, help: '' },
    ],
    replicas: [{ slot: 2, sessions: 7, sync: 'inSync', yielded: 0 }],
    pool: [],
    traffic: traffic(),
    ...changes,
  };
}

/** Some, with one reason for drops and none for answers. */
export function traffic(changes: Partial<Traffic> = {}): Traffic {
  return {
    bitsPerSecond: 1_234_567_890,
    fastBitsPerSecond: 1_200_000_000,
    packetsPerSecond: 150_000,
    fastPacketsPerSecond: 147_000,
    newSessionsPerSecond: 420,
    dropped: 1304,
    topDrop: 'dropNoMapping',
    topDropCount: 1180,
    answered: 0,
    topAnswer: '',
    topAnswerCount: 0,
    spanMs: 60_000,
    poolSize: 1000,
    poolUsed: 40,
    worstSlice: '192.0.2.0/28 tcp, slot 1',
    worstSliceSize: 500,
    worstSliceUsed: 36,
    countedBytes: 0,
    countedFastBytes: 0,
    countedPackets: 0,
    countedSessions: 0,
    countedDrops: 0,
    countedTopDrop: 0,
    countedAnswers: 0,
    countedTopAnswer: 0,
    ...changes,
  };
}

export function replication(changes: Partial<ReplicationStatus> = {}): ReplicationStatus {
  return {
    slot: 1,
    epoch: 5,
    refusedSlot: false,
    rival: false,
    sequence: 100,
    framesQueued: 0,
    recordsPublished: 1000,
    recordsRefused: 0,
    connectionsRefused: new Map(),
    framesResent: 0,
    bytesHeld: 0,
    pace: 1000,
    peers: [peer()],
    links: [link('ring0'), link('ring1')],
    ...changes,
  };
}

export function peer(changes: Partial<PeerStatus> = {}): PeerStatus {
  return {
    slot: 2,
    name: 'gw2',
    alive: true,
    epoch: 9,
    software: '0.1.0',
    silentMs: 20,
    applied: 50,
    announced: 50,
    gaps: 0,
    repaired: 0,
    lost: 0,
    waiting: 0,
    acknowledged: 100,
    oneWay: false,
    receives: [{ slot: 1, epoch: 5 }],
    instances: [{ instance: 'internet', agrees: true, differs: [], recordsApplied: 7, recordsRefused: 0 }],
    ...changes,
  };
}

export function link(name: string, changes: Partial<LinkStatus> = {}): LinkStatus {
  return {
    name,
    framesOut: 100,
    bytesOut: 1000,
    sendFailures: 0,
    forwarded: 0,
    framesIn: 50,
    bytesIn: 500,
    firstCopies: 30,
    secondCopies: 20,
    repeats: 1,
    refused: noRefusals(),
    health: 'ok',
    peers: [{ slot: 2, share: 0.98, health: 'ok' }],
    ...changes,
  };
}
