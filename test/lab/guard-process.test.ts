import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GuardHandle, startGuard as Start } from '../../src/frr/guard/keeper.ts';
import { formatAgentLine, type GuardLimits } from '../../src/frr/guard/guard-protocol.ts';
import { waitFor } from '../../src/lab/world/wait.ts';
import { startTimeOf } from '../../src/frr/guard/process-identity.ts';

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

/** Number of write(2), by architecture. */
const WRITE = process.arch === 'arm64' ? 64 : 1;

const SOON = { timeoutMs: 60_000, everyMs: 20 };
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

/** A terminal whose reader has stopped, as after Ctrl-S: a writer waits for ever. */
class StoppedTerminal {
  readonly writer: number;
  readonly #program: ChildProcess;

  private constructor(writer: number, program: ChildProcess) {
    this.writer = writer;
    this.#program = program;
  }

  static async open(path: string): Promise<StoppedTerminal> {
    const program = spawn('socat', [`pty,rawer,link=${path}`, 'EXEC:sleep 600'], { stdio: 'ignore' });
    await waitFor('the terminal', async () => existsSync(path), SOON);
    const filler = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    let refusals = 0;
    // What the terminal had not passed on yet may make room once more.
    const isFull = async (): Promise<boolean> => {
      refusals = takes(filler) ? 0 : refusals + 1;
      return refusals === 10;
    };
    await waitFor('a terminal that takes nothing more', isFull, SOON);
    closeSync(filler);
    return new StoppedTerminal(openSync(path, constants.O_WRONLY | constants.O_NOCTTY), program);
  }

  async close(): Promise<void> {
    closeSync(this.writer);
    const ended = once(this.#program, 'exit');
    this.#program.kill();
    await ended;
  }
}

/** Writes as much as there is room for. @returns false: nothing */
function takes(descriptor: number): boolean {
  const chunk = Buffer.alloc(1024);
  let written = 0;
  try {
    for (;;) written += writeSync(descriptor, chunk);
  } catch {
    return written > 0; // EAGAIN
  }
}

/** A daemon of FRR that accepts all commands. */
class AcceptingDaemon {
  readonly commands: string[] = [];
  readonly #server = createServer((socket) => {
    socket.on('data', (bytes) => {
      for (const command of bytes.toString().split('\0').slice(0, -1)) {
        this.commands.push(command);
        socket.write(Buffer.alloc(4));
      }
    });
    socket.on('error', () => undefined);
  });

  async listen(path: string): Promise<void> {
    this.#server.listen(path);
    await once(this.#server, 'listening');
  }

  close(): void {
    this.#server.close();
  }
}

/** A guard by itself, whose standard error is a terminal that nobody reads. */
describe('a guard whose log is not read', () => {
  let folder: string;
  let terminal: StoppedTerminal;
  let guard: ChildProcess;
  let ended: Promise<unknown>;
  const daemon = new AcceptingDaemon();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guard-'));
    terminal = await StoppedTerminal.open(join(folder, 'terminal'));
    const program = new URL('../../dist/frr/guard/guard-main.js', import.meta.url).pathname;
    guard = spawn(process.execPath, [program], { stdio: ['pipe', 'ignore', terminal.writer] });
    ended = once(guard, 'exit');
  });
  afterEach(async () => {
    guard.kill('SIGKILL');
    await ended;
    daemon.close();
    await terminal.close();
    rmSync(folder, { recursive: true });
  });

  it('withdraws also where the first attempt fails and is reported, and ends', async () => {
    const socketPath = join(folder, 'bfdd.vty');
    const steps = [{ method: 'bfd-remove', commands: ['no peer'] }] as const;
    const hello = { kind: 'hello', pid: process.pid, startTime: startTimeOf(process.pid) ?? '', fence: '' } as const;
    guard.stdin?.write(formatAgentLine({ ...hello, limits: PATIENT }));
    guard.stdin?.write(formatAgentLine({ kind: 'orders', number: 1, orders: [{ socketPath, steps, verifyMs: 500 }] }));
    // Not a line of the protocol, which it reports.
    guard.stdin?.end('x\n');
    await vi.waitFor(() => expect(isBlocked(guard.pid)).toBe(true), WITHIN);
    await daemon.listen(socketPath);
    await vi.waitFor(() => expect(daemon.commands).toEqual(['enable', 'no peer']), { timeout: 9_000, interval: 20 });
    await ended;
  });
});

/** Whether some thread of the process waits in write(2) to its standard error. */
function isBlocked(pid = 0): boolean {
  const calls = readdirSync(`/proc/${pid}/task`).map((task) =>
    readFileSync(`/proc/${pid}/task/${task}/syscall`, 'utf8'),
  );
  return calls.some((call) => call.startsWith(`${WRITE} `));
}

function readGroup(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
