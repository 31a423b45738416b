import { describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { sharedFieldHashes } from '../../../src/cluster/translator-options.ts';
import { differingFields } from '../../../src/replication/fingerprint.ts';

const FILE = `cluster: campus
secretFile: /etc/isthmus/cluster.key
nodes:
  gw1: { slot: 1, links: [ring0] }
instances:
  internet:
    kind: nat64
    pool6: 64:ff9b::/96
    pool4:
      - { prefix: 11.64.0.0/29, ports: 1024-65535 }
`;

const ASSIGNED = ', assignment: deterministic, clients: [2001:db8::/56]';

/** The fields of which two nodes with such additions say that they differ. */
function differing(here: string, there: string): string[] {
  const [one, other] = [here, there].map((added) => {
    const entry = FILE.replace('1024-65535 }', `1024-65535${added.includes('ASSIGNED') ? ASSIGNED : ''} }`);
    const more = added.replace(/ *ASSIGNED\n?/, '');
    const { instances, slots } = parseClusterText(entry.replace('kind: nat64', `kind: nat64\n${more}`), 'a');
    return [{ instance: 'internet', fields: sharedFieldHashes(instances['internet'], slots) }];
  });
  return differingFields('internet', one, other);
}

describe('what two nodes compare of an instance', () => {
  it.each([
    ['', '', []],
    ['', '    shards: 1', []],
    ['', '    limits: { clientPrefixLength: 56 }', []],
    ['', '    shards: 2', ['shards']],
    ['    shards: 2', '    shards: 3', ['shards']],
    ['    shards: 2', '    shards: 2\n    limits: { clientPrefixLength: 56 }', ['shards']],
    ['    shards: 2', '    shards: 2\n    limits: { sessions: 5000 }', []],
    ['', '    ASSIGNED', ['pool4', 'shards']],
    ['    ASSIGNED', '    ASSIGNED\n    limits: { clientPrefixLength: 56 }', ['shards']],
  ])('%j and %j', (here, there, fields) => expect(differing(here, there)).toEqual(fields));
});
