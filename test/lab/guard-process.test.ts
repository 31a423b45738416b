import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GuardHandle, startGuard as Start } from '../../src/frr/guard/keeper.ts';
import type { GuardLimits } from '../../src/frr/guard/guard-protocol.ts';

/** So patient that it acts on nothing, however late this process is. */
const HOUR_MS = 3_600_000;
const PATIENT: GuardLimits = {
  dyingMs: HOUR_MS,
  stoppedMs: HOUR_MS,
  covered: { lateMs: HOUR_MS, hangMs: HOUR_MS },
  alone: { lateMs: HOUR_MS, hangMs: HOUR_MS },
  killMs: HOUR_MS,
};

/** The compiled program: Node.js starts no thread from TypeScript. */
async function compiled(): Promise<typeof Start> {
  const url = new URL('../../dist/frr/guard/keeper.js', import.meta.url);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `npm run build` has made of that source
  const module = (await import(url.href)) as { startGuard: typeof Start };
  return module.startGuard;
}

const WITHIN = { timeout: 60_000, interval: 20 };
const CAP_SYS_NICE = 1n << 23n;

function mayGoFirst(): boolean {
  const status = readFileSync('/proc/self/status', 'utf8');
  return (BigInt(`0x${/^CapEff:\s*(\S+)$/m.exec(status)?.[1] ?? '0'}`) & CAP_SYS_NICE) !== 0n;
}

/** Real guards of this process; without orders they have nothing to withdraw. */
describe('the guard process', () => {
  let folder: string;
  let guard: GuardHandle | undefined;
  let startGuard: typeof Start;

  beforeEach(async () => {
    startGuard = await compiled();
    folder = mkdtempSync(join(tmpdir(), 'guard-'));
  });
  afterEach(async () => {
    await guard?.stop();
    guard = undefined;
    rmSync(folder, { recursive: true });
  });

  async function pidOfReady(): Promise<number> {
    return vi.waitFor(() => {
      const status = guard?.status();
      expect(status?.problem).toBe('');
      return status?.pid ?? 0;
    }, WITHIN);
  }

  it('has a name of its own and goes before other programs, as one process and as a group', async () => {
    guard = startGuard(PATIENT);
    const pid = await pidOfReady();
    expect(readFileSync(`/proc/${pid}/comm`, 'utf8').trim()).toBe('isthmus-guard');
    const highest = mayGoFirst() ? -20 : getPriority();
    expect(getPriority(pid)).toBe(highest);
    // A kernel without autogroups has no such file.
    const group = readGroup(pid);
    if (group !== undefined && mayGoFirst()) expect(group).toMatch(/ nice -20$/m);
  });

  it('is started again and again where that fails, until it can be', async () => {
    const program = join(folder, 'node');
    guard = startGuard(PATIENT, '', program);
    await vi.waitFor(() => expect(guard?.status().restarts).toBeGreaterThanOrEqual(2), WITHIN);
    expect(guard.status()).toMatchObject({ alive: false, upToDate: false });
    expect(guard.status().problem).toMatch(/^the guard could not be started: .*ENOENT/);
    symlinkSync(process.execPath, program);
    await pidOfReady();
    expect(guard.status()).toMatchObject({ alive: true, upToDate: true });
  });

  it('is replaced when somebody ends it, and gets its orders again', async () => {
    guard = startGuard(PATIENT);
    const steps = [{ method: 'bfd-remove', commands: ['no peer'] }] as const;
    guard.setOrders([{ socketPath: join(folder, 'nobody.vty'), steps, verifyMs: 500 }]);
    const first = await vi.waitFor(() => {
      const status = guard?.status();
      expect(status).toMatchObject({ alive: true, upToDate: true, sockets: 1 });
      return status?.pid ?? 0;
    }, WITHIN);
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => {
      const status = guard?.status();
      expect(status).toMatchObject({ alive: true, upToDate: true, sockets: 1, restarts: 1 });
      expect(status?.pid).not.toBe(first);
    }, WITHIN);
  });
});

function readGroup(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
