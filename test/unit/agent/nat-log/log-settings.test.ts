import { describe, expect, it } from 'vitest';
import type { NodeConfig } from '../../../../src/agent/config/node-config.ts';
import { accountsOf, logSettingsOf, logSourceOf } from '../../../../src/agent/nat-log/log-settings.ts';
import { parseClusterText } from '../../../../src/cluster/cluster-file.ts';
import { FileSections } from '../../../../src/cluster/file-sections.ts';

const cluster = parseClusterText(
  `cluster: campus
secretFile: /etc/isthmus/cluster.key
slots: 2
nodes: { gw1: { slot: 1 }, gw2: { slot: 2 } }
instances:
  servers: { kind: siit, pool6: 2001:db8:64::/96, eam: [{ v6: 2001:db8:3::/120, v4: 198.51.100.0/24 }] }
  internet:
    kind: nat64
    pool6: 64:ff9b::/96
    pool4: [{ prefix: 192.0.2.0/28 }]
    natLog: sessions
    natLogDestinations: true
    limits: { sessions: 5000, sessionsPerClient: 70 }
    poolWatermarks: { high: 85, low: 60 }
  halls:
    kind: nat64
    pool6: 2001:db8:65::/96
    clients: [2001:db8::/56]
    pool4:
      - { prefix: 192.0.2.16/32, assignment: deterministic, clients: [2001:db8::/60] }
      - { prefix: 192.0.2.17/32 }
`,
  'cluster.yaml',
);
const CONFIG: NodeConfig = {
  file: 'cluster.yaml',
  cluster,
  node: 'gw2',
  slot: 2,
  links: [],
  secrets: [],
  revision: 'abc',
  sections: new FileSections(cluster),
};

describe('the settings of the NAT log', () => {
  it('are who writes it, where, and what the file says of it', () => {
    const settings = logSettingsOf(CONFIG, 77, '/var/lib/isthmus/gw2.nat-log.d');
    expect(settings).toEqual({
      identity: { node: 'gw2', slot: 2, epoch: 77 },
      cluster: 'campus',
      revision: 'abc',
      nodes: ['gw1', 'gw2'],
      directory: '/var/lib/isthmus/gw2.nat-log.d',
      config: cluster.natLog,
      instances: accountsOf(cluster),
    });
    expect(settings).not.toHaveProperty('pseudonymKey');
    const pseudonymKey = Buffer.from('key');
    expect(logSettingsOf({ ...CONFIG, pseudonymKey }, 77, '').pseudonymKey).toBe(pseudonymKey);
  });

  it('say of each instance with sessions what it logs, and which ports follow from the client', () => {
    const accounts = accountsOf(cluster);
    expect(Object.keys(accounts)).toEqual(['internet', 'halls']);
    expect(accounts['internet']).toEqual({ natLog: 'sessions', destinations: true });
    // One of two entries of pool4 is shared by clients.
    expect(accounts['halls']).toMatchObject({
      assigned: [{ prefix: '192.0.2.16/32', clients: ['2001:db8::/60'], slots: 2 }],
      shares: true,
    });
  });
});

describe('the source of events', () => {
  it('is the instance by its place in the file, with the limits that events are about', () => {
    expect(logSourceOf(CONFIG, 77, 'internet')).toEqual({
      node: 'gw2',
      slot: 2,
      epoch: 77,
      instance: 'internet',
      number: 2,
      limits: { sessions: 5000, perClient: 70, high: 85, low: 60 },
    });
    expect(logSourceOf(CONFIG, 77, 'servers')).toMatchObject({
      number: 1,
      limits: { sessions: 0, perClient: 0, high: 0, low: 0 },
    });
  });
});
