/*
 * Between agent and guard, one line each.
 *
 *   agent → guard    H <pid> <start time> <dying> <stopped> <late> <hang> <late alone> <hang alone> <kill> <fence>     whom to watch; the first line
 *                    O <number> <JSON: list of orders>                      what to send to FRR, and which files to write, when the agent is gone; replaces the former
 *                    B <ms> <covered 0|1>                                   the agent beats; for so many ms its main loop could have turned and did not;
 *                                                                           whether another node serves
 *                    E                                                      the agent ends in order: nothing to do
 *                    end of file                                            the agent is dead
 * The fence is the file with the pid of the node's agent, URI-encoded, or empty. A guard whose agent is no longer named
 * there, while another one is alive, withdraws nothing: it may have been suspended while the node was restarted.
 *
 *   guard → agent    S <number> <open sockets> <sockets>                    the orders it holds, and which sockets are open; twice a second
 *                    W <ms> <ok 0|1> <reason>                               it has withdrawn, which took so long
 */
import type { AdvertisedQuestion } from '../advertised-routes.ts';
import type { GuardStep, NamedProcess, Order } from '../announcer.ts';
import { WITHDRAWAL_METHODS } from '../withdrawal-methods.ts';

/** Time limits for a running agent. Milliseconds. */
export interface Patience {
  /**
   * Time without a heartbeat after which the guard withdraws although the process may be running: it may only be late,
   * on a busy machine, but that cannot be determined.
   */
  readonly lateMs: number;
  /**
   * Time for which heartbeats arrive but the main loop, though runnable, did not iterate, after which the guard
   * withdraws.
   */
  readonly hangMs: number;
}

/** Milliseconds. */
export interface GuardLimits {
  /** Time without a heartbeat after which the guard withdraws if the agent's process is exiting or gone. */
  readonly dyingMs: number;
  /** Time without a heartbeat after which it withdraws if the process is stopped. */
  readonly stoppedMs: number;
  /** While another node serves: a needless withdrawal costs little. */
  readonly covered: Patience;
  /** While no other node serves: a needless withdrawal is an outage. */
  readonly alone: Patience;
  /** Time after the withdrawal until the agent is killed. */
  readonly killMs: number;
}

export const GUARD_LIMITS: GuardLimits = {
  dyingMs: 20,
  stoppedMs: 40,
  covered: { lateMs: 1500, hangMs: 400 },
  alone: { lateMs: 3000, hangMs: 1000 },
  killMs: 3000,
};

export type AgentLine =
  | {
      readonly kind: 'hello';
      readonly pid: number;
      readonly startTime: string;
      readonly limits: GuardLimits;
      readonly fence: string;
    }
  | { readonly kind: 'orders'; readonly number: number; readonly orders: readonly Order[] }
  | { readonly kind: 'beat'; readonly mainAgeMs: number; readonly covered: boolean }
  | { readonly kind: 'end' };

export type GuardLine =
  | { readonly kind: 'status'; readonly orders: number; readonly open: number; readonly sockets: number }
  | { readonly kind: 'withdrew'; readonly tookMs: number; readonly ok: boolean; readonly reason: string };

export function formatAgentLine(line: AgentLine): string {
  if (line.kind === 'beat') return `B ${Math.round(line.mainAgeMs)} ${line.covered ? 1 : 0}\n`;
  if (line.kind === 'orders') return `O ${line.number} ${JSON.stringify(line.orders)}\n`;
  if (line.kind === 'end') return 'E\n';
  const { dyingMs, stoppedMs, covered, alone, killMs } = line.limits;
  const times = [dyingMs, stoppedMs, covered.lateMs, covered.hangMs, alone.lateMs, alone.hangMs, killMs];
  return `H ${line.pid} ${line.startTime} ${times.join(' ')} ${encodeURIComponent(line.fence)}\n`;
}

/** Number of times in an H line. */
const TIMES = 7;

/** undefined: not a line of this protocol. */
export function parseAgentLine(text: string): AgentLine | undefined {
  const [word = '', first = '', second = '', ...rest] = text.split(' ');
  if (word === 'B') return { kind: 'beat', mainAgeMs: Number(first), covered: second === '1' };
  if (word === 'E') return { kind: 'end' };
  if (word === 'O') {
    const orders = parseOrders(text.slice(word.length + first.length + 2));
    return orders === undefined ? undefined : { kind: 'orders', number: Number(first), orders };
  }
  const times = rest.slice(0, TIMES).map(Number);
  // A missing time means none, like 0.
  const [dyingMs = 0, stoppedMs = 0, lateMs = 0, hangMs = 0, lateAloneMs = 0, hangAloneMs = 0, killMs = 0] = times;
  const numbers = [Number(first), dyingMs, stoppedMs, lateMs, hangMs, lateAloneMs, hangAloneMs, killMs];
  if (word !== 'H' || !numbers.every((value) => value > 0)) return undefined;
  const covered = { lateMs, hangMs };
  const alone = { lateMs: lateAloneMs, hangMs: hangAloneMs };
  const limits = { dyingMs, stoppedMs, covered, alone, killMs };
  return { kind: 'hello', pid: Number(first), startTime: second, limits, fence: decodeURIComponent(rest[TIMES] ?? '') };
}

function parseOrders(text: string): Order[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every(isOrder) ? list : undefined;
  } catch {
    return undefined; // the caller says that the line was not understood
  }
}

function isOrder(value: unknown): value is Order {
  if (typeof value !== 'object' || value === null) return false;
  if ('file' in value && 'text' in value) return typeof value.file === 'string' && typeof value.text === 'string';
  if (!('socketPath' in value) || !('steps' in value) || !('verifyMs' in value)) return false;
  const { socketPath, steps, verifyMs } = value;
  return (
    typeof socketPath === 'string' &&
    typeof verifyMs === 'number' &&
    Array.isArray(steps) &&
    steps.length > 0 &&
    steps.every(isStep) &&
    (!('daemon' in value) || isNamedProcess(value.daemon))
  );
}

function isStep(value: unknown): value is GuardStep {
  if (typeof value !== 'object' || value === null || !('method' in value) || !('commands' in value)) return false;
  if (!WITHDRAWAL_METHODS.some((method) => method === value.method) || !isTexts(value.commands)) return false;
  return !('readBack' in value) || (Array.isArray(value.readBack) && value.readBack.every(isQuestion));
}

function isQuestion(value: unknown): value is AdvertisedQuestion {
  if (typeof value !== 'object' || value === null || !('command' in value) || !('prefixes' in value)) return false;
  return typeof value.command === 'string' && isTexts(value.prefixes);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isNamedProcess(value: unknown): value is NamedProcess {
  if (typeof value !== 'object' || value === null || !('pidFile' in value) || !('name' in value)) return false;
  return typeof value.pidFile === 'string' && typeof value.name === 'string';
}

export function formatGuardLine(line: GuardLine): string {
  if (line.kind === 'status') return `S ${line.orders} ${line.open} ${line.sockets}\n`;
  return `W ${Math.round(line.tookMs)} ${line.ok ? 1 : 0} ${line.reason}\n`;
}

export function parseGuardLine(text: string): GuardLine | undefined {
  const [word = '', first = '', second = '', ...rest] = text.split(' ');
  if (word === 'S') {
    return { kind: 'status', orders: Number(first), open: Number(second), sockets: Number(rest[0]) };
  }
  if (word !== 'W') return undefined;
  return { kind: 'withdrew', tookMs: Number(first), ok: second === '1', reason: rest.join(' ') };
}
