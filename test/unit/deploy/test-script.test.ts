import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import config from '../../../vitest.config.ts';

describe('npm test', () => {
  it('runs every kind of test once', () => {
    // systemd in root trees of other releases takes a command of its own.
    const scripts = ['deploy/test.sh', 'deploy/test-systemd.sh'];
    const script = scripts.map((name) => readFileSync(name, 'utf8')).join('\n');
    const run = [...script.matchAll(/--project=(\w+)/g)].map(([, name]) => name);
    const known = config.test?.projects?.map((project) => {
      return typeof project === 'object' && 'test' in project ? project.test?.name : project;
    });
    expect(run.toSorted()).toEqual(known?.toSorted());
    expect(run.length).toBeGreaterThan(5);
  });
});
