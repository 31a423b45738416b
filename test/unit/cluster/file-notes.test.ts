import { describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { notesOn } from '../../../src/cluster/file-notes.ts';
import { CORRECT } from './mistakes.ts';

function notes(text: string): string[] {
  return notesOn(parseClusterText(text, 'cluster.yaml'));
}

describe('notes on a file without mistakes', () => {
  it('say what part of the ports a node allocates from, and what is unused', () => {
    expect(notes(CORRECT)).toEqual([
      'note: slots: 4 with 2 nodes: each node allocates from 1/4 of the ports of pool4, and 2 slices are unused until ' +
        'there are more nodes. Changing slots later needs a restart of all nodes',
    ]);
    expect(notes(CORRECT.replace('slots: 4', 'slots: 3'))[0]).toContain('1/3 of the ports of pool4, and one slice is');
  });

  it('say that a pair has two slices unless told otherwise', () => {
    expect(notes(CORRECT.replace('slots: 4\n', ''))).toEqual([
      'note: slots: 2: each node allocates from 1/2 of the ports of pool4. For a third node set slots now: changing it ' +
        'later needs a restart of all nodes',
    ]);
  });

  it('say how many ports each client has where they follow from clients', () => {
    const entry = 'ports: 1024-65535, assignment: deterministic, clients: [2001:db8::/56, 2001:db8:1::/56] }';
    expect(notes(CORRECT.replace(/(192\.0\.2\.16\/28, )ports: 1024-65535 }/, `$1${entry}`))[1]).toBe(
      'note: instances.upper.pool4 192.0.2.16/28: 512 clients (/64), 32 of them on each address, have 504 ports each ' +
        'in every slice',
    );
  });

  it('warn of a file without instances', () => {
    const empty = 'cluster: campus\nsecretFile: /etc/isthmus/cluster.key\nnodes: { gw1: { slot: 1 } }\n';
    expect(notes(empty)).toEqual(['warning: no instances: nothing is translated']);
  });

  it('are silent where ports are not shared', () => {
    const siit = CORRECT.replace(/ {2}lower:[\s\S]* {2}servers:/, '  servers:');
    expect(notes(siit)).toEqual([]);
  });
});
