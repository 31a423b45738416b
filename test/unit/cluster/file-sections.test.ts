import { describe, expect, it } from 'vitest';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';
import { differingSections, FileSections, type SectionHashes } from '../../../src/cluster/file-sections.ts';
import { CORRECT } from './mistakes.ts';

const sectionsOf = (text: string): FileSections => new FileSections(parseClusterText(text, 'cluster.yaml'));

/**
 * Tells the one's hashes to the other and back until nothing new is said. @returns what each finds, and how often they
 * told
 */
function talk(one: FileSections, other: FileSections): { found: string[]; back: string[]; rounds: number } {
  let [ours, theirs]: SectionHashes[] = [new Map(), new Map()];
  for (let rounds = 0; ; rounds++) {
    const [next, answer] = [one.hashesToSend([theirs]), other.hashesToSend([ours])];
    if (next.size === ours.size && answer.size === theirs.size) {
      return { found: differingSections(ours, theirs), back: differingSections(theirs, ours), rounds };
    }
    [ours, theirs] = [next, answer];
  }
}

describe('two cluster files that differ', () => {
  it.each([
    ['slots: 4', 'slots: 8', ['slots']],
    [
      'destinations: [0.0.0.0/1]',
      'destinations: [0.0.0.0/1]\n    timeouts: { udp: 6m }',
      ['instances.lower.timeouts.udp'],
    ],
    ['slot: 2, links: [ring0, ring1]', 'slot: 2, links: [ring0]', ['nodes.gw2.links']],
    ['    bfd: [{ peer: 10.0.0.1, interface: up0 }]', '    bfd: [{ peer: 10.0.0.1 }]', ['upstreams.core.bfd']],
    ['  servers:', '  more: { kind: siit, pool6: "2001:db8:65::/96" }\n  servers:', ['instances.more']],
    ['slots: 4', 'slots: 4\nlogLevel: debug\nchecks: { memory: { limit: 70 } }', ['logLevel', 'checks.memory.limit']],
    ['slots: 4', 'slots: 4\npreviousSecretFile: /etc/isthmus/old.key', ['previousSecretFile']],
  ])('find out by hashes where: %s → %s', (from, to, paths) => {
    expect(CORRECT).toContain(from);
    const { found, back } = talk(sectionsOf(CORRECT), sectionsOf(CORRECT.replace(from, to)));
    expect(found.toSorted()).toEqual(paths.toSorted());
    expect(back.toSorted()).toEqual(paths.toSorted());
  });

  it('say the section, as long as its parts are known on one side only, and nothing before anything was told', () => {
    const [one, other] = [sectionsOf(CORRECT), sectionsOf(CORRECT.replace('slot: 2', 'slot: 3'))];
    const [first, answer] = [one.hashesToSend([]), other.hashesToSend([])];
    expect(differingSections(first, answer)).toEqual(['nodes']);
    expect(differingSections(one.hashesToSend([answer]), answer)).toEqual(['nodes']);
    expect(differingSections(new Map(), answer)).toEqual([]);
    expect(differingSections(first, new Map())).toEqual([]);
  });

  it('fit what is told at once, however much differs', () => {
    const files = [0, 1].map((step) => {
      const nodes = Array.from(
        { length: 60 },
        (_, index) => `  n${index}: { slot: ${index + 1}, site: s${step}, grpc: 10.0.0.${index + 1} }\n`,
      );
      return sectionsOf(`cluster: c\nsecretFile: /k\nslots: 63\nreplication: { grpc: {} }\nnodes:\n${nodes.join('')}`);
    });
    const { found } = talk(files[0], files[1]);
    expect(found.length).toBeGreaterThan(40);
    expect(found.every((path) => path.startsWith('nodes.'))).toBe(true);
    expect(files[0].hashesToSend([files[1].hashesToSend([])]).size).toBeLessThanOrEqual(160);
  });
});
