import { Agent } from '../../../../src/agent/compose/agent.ts';
import { silentLog } from '../../../../src/agent/events/agent-log.ts';
import { EventLog, noEventStore } from '../../../../src/agent/events/event-log.ts';
import type { DrainRecord, DrainStore } from '../../../../src/agent/files/drain-file.ts';
import type { AgentIdentity, ConfigurationMark } from '../../../../src/agent/status/self-report.ts';
import type { Coordinator } from '../../../../src/cluster/coordinator/coordinator.ts';
import { StaticCoordinator } from '../../../../src/cluster/coordinator/static-coordinator.ts';
import { SimulatedClock } from '../simulated-clock.ts';
import { SimulatedNetwork, SimulatedReplication } from '../simulated-network.ts';
import { SimulatedAnnouncement, SimulatedHealth, SimulatedInstance, SimulatedRelay } from '../simulated-parts.ts';

export class MemoryDrains implements DrainStore {
  record: DrainRecord | undefined;

  load(): DrainRecord | undefined {
    return this.record;
  }

  async save(record: DrainRecord | undefined): Promise<void> {
    this.record = record;
  }
}

interface NodeChanges {
  readonly configuration?: ConfigurationMark;
  readonly coordinator?: Coordinator;
  readonly endedBefore?: AgentIdentity['endedBefore'];
}

/** Agents of simulated parts, over a simulated network, in simulated time. */
export class Cluster {
  readonly clock = new SimulatedClock();
  readonly network = new SimulatedNetwork(this.clock);

  node(slot: number, drains = new MemoryDrains(), changes: NodeChanges = {}) {
    const calls: string[] = [];
    const parts = {
      instance: new SimulatedInstance(slot, calls),
      replication: new SimulatedReplication(this.network, slot, ['internet']),
      announcement: new SimulatedAnnouncement(calls),
      health: new SimulatedHealth(),
      relay: new SimulatedRelay(calls),
      events: new EventLog(`gw${slot}`, () => this.clock.now(), noEventStore),
      drains,
      broken: [] as string[],
      keptEpochs: [] as number[],
    };
    const { endedBefore } = changes;
    const identity = { cluster: 'campus', node: `gw${slot}`, slot, software: '0.1.0', pid: slot, endedBefore };
    const agent = new Agent(
      identity,
      changes.configuration ?? { revision: 'r1', sections: { hashesToSend: () => new Map() } },
      {
        instances: [parts.instance],
        replication: parts.replication,
        announcements: parts.announcement,
        health: parts.health,
        natLog: { status: () => [] },
        relay: parts.relay,
        drains,
        pausing: { reason: undefined },
        notifications: { checks: () => [], status: () => [] },
        coordinator: changes.coordinator ?? new StaticCoordinator({ cluster: 'campus', slot, name: `gw${slot}` }),
        events: parts.events,
        log: silentLog,
        clock: this.clock,
        now: () => 1_800_000_000_000 + this.clock.now(),
        soon: (callback) => void this.clock.after(0, callback),
        keepEpoch: async (epoch) => void parts.keptEpochs.push(epoch),
        fatal: (reason) => void parts.broken.push(reason),
      },
    );
    return { agent, calls, ...parts };
  }

  /** Waits for a promise that needs simulated time to pass. */
  async during<T>(promise: Promise<T>, ms = 3000): Promise<T> {
    await this.clock.advance(ms);
    return await promise;
  }
}

export type Node = ReturnType<Cluster['node']>;

export function stateOf({ agent }: Node, name: string): string | undefined {
  const node = agent.status().nodes.find((candidate) => candidate.name === name);
  return node?.alive === true ? node.state : 'silent';
}

export function story({ events }: Node): string[] {
  return events.last(0).map(({ subject, name, to }) => `${subject} ${name} ${to}`);
}

export async function activePair(): Promise<{ cluster: Cluster; gw1: Node; gw2: Node }> {
  const cluster = new Cluster();
  const [gw1, gw2] = [cluster.node(1), cluster.node(2)];
  await gw1.agent.start();
  await gw2.agent.start();
  await cluster.clock.advance(2500);
  return { cluster, gw1, gw2 };
}
