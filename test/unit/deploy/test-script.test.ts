import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import config from '../../../vitest.config.ts';

describe('continuous integration', () => {
  it('runs every kind of test once', () => {
    const commands = readFileSync('.ci/run', 'utf8').matchAll(/^(?:timeout .* )?npm (?:run )?(test\S*)/gm);
    expect(Array.from(commands, ([, name]) => name)).toEqual(['test', 'test:long', 'test:systemd']);
    // package.json has the project of `test:long`.
    const scripts = ['deploy/test.sh', 'package.json', 'deploy/test-systemd.sh'];
    const script = scripts.map((name) => readFileSync(name, 'utf8')).join('\n');
    const run = [...script.matchAll(/--project=(\w+)/g)].map(([, name]) => name);
    const known = config.test?.projects?.map((project) => {
      return typeof project === 'object' && 'test' in project ? project.test?.name : project;
    });
    expect(run.toSorted()).toEqual(known?.toSorted());
    expect(run.length).toBeGreaterThan(5);
  });
});
