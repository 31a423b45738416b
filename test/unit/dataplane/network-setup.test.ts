import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstanceOptions } from '../../../src/dataplane/instance-options.ts';
import { NetworkSetup } from '../../../src/dataplane/network-setup.ts';
import type { RunCommand } from '../../../src/linux/command.ts';
import { INSTANCE } from './instance-fixture.ts';

describe('the network of instances that are started at the same time', () => {
  let directory: string;
  let forwards: boolean;
  let switched: string[];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'network-setup-'));
    forwards = false;
    switched = [];
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function setup(name: string, fails = false): NetworkSetup {
    const run: RunCommand = async ([program]) => {
      await new Promise((resolve) => void setImmediate(resolve));
      if (fails) throw new Error(`${name} may not`);
      if (program === 'cat') return forwards ? '1\n' : '0\n';
      switched.push(name);
      forwards = true;
      return '';
    };
    const options: InstanceOptions = { ...INSTANCE, name, runDirectory: directory };
    return new NetworkSetup(options, run);
  }

  it('is made by the first one and found by the second', async () => {
    await Promise.all([setup('lower').prepare(), setup('upper').prepare()]);
    expect(switched).toEqual(['lower']);
  });

  it('is made by the second one where the first could not', async () => {
    const [first, second] = await Promise.allSettled([setup('lower', true).prepare(), setup('upper').prepare()]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    expect(switched).toEqual(['upper']);
  });
});
