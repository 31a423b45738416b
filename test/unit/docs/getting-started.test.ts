import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import { parseClusterText } from '../../../src/cluster/cluster-file.ts';

const PAGE = readFileSync(join(resolve(import.meta.dirname, '../../..'), 'docs/getting-started.md'), 'utf8');

function blocks(language: string): string[] {
  return [...PAGE.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter((found) => found[1] === language)
    .map((found) => found[2] ?? '');
}

/** The block that begins with the name of its file. */
function fileNamed(name: string): string {
  const found = [...PAGE.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map((block) => block[1] ?? '');
  return found.find((text) => text.startsWith(`# ${name}\n`)) ?? '';
}

describe('docs/getting-started.md', () => {
  it('has a cluster file without a mistake, with half of the ports for each node and the addresses of the page', () => {
    const { nodes, slots, upstreams } = parseClusterText(fileNamed('/etc/isthmus/cluster.yaml'), 'cluster.yaml');
    expect({ nodes: Object.keys(nodes), slots }).toEqual({ nodes: ['gw1', 'gw2'], slots: 2 });
    const peers = Object.values(upstreams).flatMap(({ bfd }) => bfd.map(({ peer }) => peer));
    expect(peers).toEqual(['2001:db8:a1::1', '10.0.1.1', '2001:db8:a2::1', '10.0.2.1']);
    for (const peer of peers) expect(PAGE).toContain(`| uplink, IPv${peer.includes(':') ? 6 : 4}: router, node`);
  });

  it('uses commands and options that exist', () => {
    const lines = blocks('sh').flatMap((text) => text.split('\n').filter((line) => line.startsWith('isthmus ')));
    expect(lines.length).toBeGreaterThan(6);
    for (const line of lines) {
      const words = line.split(/\s+/).slice(1);
      let command: Command = buildProgram();
      while (words[0] !== undefined) {
        const child = command.commands.find((one) => one.name() === words[0]);
        if (child === undefined) break;
        command = child;
        words.shift();
      }
      expect([line, command.commands.length]).toEqual([line, 0]);
      const known = command.options.map(({ long }) => long);
      for (const word of words) if (word.startsWith('--')) expect(known).toContain(word);
    }
  });

  it('moves the uplink to the namespace that the cluster file and FRR name', () => {
    const { instances, upstreams, checks } = parseClusterText(fileNamed('/etc/isthmus/cluster.yaml'), 'cluster.yaml');
    expect(instances['internet']?.namespace).toBe('nat64');
    const unit = fileNamed('/etc/systemd/system/nat64-uplink.service');
    expect(unit).toContain('netns nat64 name up0');
    expect(unit).toContain('Before=frr@nat64.service');
    expect(checks.carrier.interfaces).toEqual(['up0']);
    expect(Object.values(upstreams).map(({ frr }) => frr.pathspace)).toEqual(['nat64', 'nat64']);
    expect(fileNamed('/etc/frr/nat64/daemons')).toContain('watchfrr_options="--netns"');
  });
});
