/*
 * Between agent and guard, one line each.
 *
 *   agent → guard    H <pid> <start time> <silence> <late> <hang> <kill>     whom to watch; the first line
 *                    O <number> <JSON: list of orders>                      what to send to FRR when the agent is gone; replaces the former
 *                    B <ms>                                                 the agent turns; its main loop turned so many ms ago
 *                    E                                                      the agent ends in order: nothing to do
 *                    end of file                                            the agent is dead
 *   guard → agent    S <number> <open sockets> <sockets>                    the orders it holds, and which sockets are open; twice a second
 *                    W <ms> <ok 0|1> <reason>                               it has withdrawn, which took so long
 */
import type { GuardOrder } from '../announcer.ts';

export interface GuardLimits {
  /** Without a beat for so long, the guard withdraws if the agent's process is stopped or gone. */
  readonly silenceMs: number;
  /** Without a beat for so long, it withdraws whatever the process does: it may only be late, on a busy machine, but nobody can tell. */
  readonly lateMs: number;
  /** Beats come but the main loop has not turned for so long: the guard withdraws. */
  readonly hangMs: number;
  /** So long after that the agent is ended. */
  readonly killMs: number;
}

export const GUARD_LIMITS: GuardLimits = { silenceMs: 70, lateMs: 500, hangMs: 1000, killMs: 3000 };

export type AgentLine =
  | { readonly kind: 'hello'; readonly pid: number; readonly startTime: string; readonly limits: GuardLimits }
  | { readonly kind: 'orders'; readonly number: number; readonly orders: readonly GuardOrder[] }
  | { readonly kind: 'beat'; readonly mainAgeMs: number }
  | { readonly kind: 'end' };

export type GuardLine =
  | { readonly kind: 'status'; readonly orders: number; readonly open: number; readonly sockets: number }
  | { readonly kind: 'withdrew'; readonly tookMs: number; readonly ok: boolean; readonly reason: string };

export function formatAgentLine(line: AgentLine): string {
  if (line.kind === 'beat') return `B ${Math.round(line.mainAgeMs)}\n`;
  if (line.kind === 'orders') return `O ${line.number} ${JSON.stringify(line.orders)}\n`;
  if (line.kind === 'end') return 'E\n';
  const { silenceMs, lateMs, hangMs, killMs } = line.limits;
  return `H ${line.pid} ${line.startTime} ${silenceMs} ${lateMs} ${hangMs} ${killMs}\n`;
}

/** undefined: not a line of this protocol. */
export function parseAgentLine(text: string): AgentLine | undefined {
  const [word = '', first = '', second = '', ...rest] = text.split(' ');
  if (word === 'B') return { kind: 'beat', mainAgeMs: Number(first) };
  if (word === 'E') return { kind: 'end' };
  if (word === 'O') {
    const orders = parseOrders(text.slice(word.length + first.length + 2));
    return orders === undefined ? undefined : { kind: 'orders', number: Number(first), orders };
  }
  const [silenceMs = NaN, lateMs = NaN, hangMs = NaN, killMs = NaN] = rest.map(Number);
  const limits = { silenceMs, lateMs, hangMs, killMs };
  if (word !== 'H' || ![Number(first), ...Object.values(limits)].every((value) => value > 0)) return undefined;
  return { kind: 'hello', pid: Number(first), startTime: second, limits };
}

function parseOrders(text: string): GuardOrder[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every(isOrder) ? list : undefined;
  } catch {
    return undefined; // the caller says that the line was not understood
  }
}

function isOrder(value: unknown): value is GuardOrder {
  if (typeof value !== 'object' || value === null || !('socketPath' in value) || !('commands' in value)) return false;
  const { socketPath, commands } = value;
  return (
    typeof socketPath === 'string' &&
    Array.isArray(commands) &&
    commands.every((command) => typeof command === 'string')
  );
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
