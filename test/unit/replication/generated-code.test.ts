import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../../..', import.meta.url).pathname;

it('has generated code that is exactly what the schemas give', { timeout: 60_000 }, () => {
  const fresh = mkdtempSync(join(tmpdir(), 'isthmus-gen-'));
  try {
    execFileSync('bash', ['proto/generate.sh', fresh], { cwd: root });
    const committed = join(root, 'src/gen');
    expect(readdirSync(fresh).sort()).toEqual(readdirSync(committed).sort());
    const differing = readdirSync(fresh).filter(
      (name) => readFileSync(join(fresh, name), 'utf8') !== readFileSync(join(committed, name), 'utf8'),
    );
    expect(differing).toEqual([]);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
});
