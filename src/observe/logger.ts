import { pino } from 'pino';
import type { AgentLog } from '../agent/events/agent-log.ts';
import type { LogLevel } from '../cluster/log-levels.ts';
import type { LogOutput } from './log-output.ts';

/** The agent's log: JSON lines, or lines for people where the output is a terminal. */
export function createLog(level: LogLevel, output: LogOutput): AgentLog & { setLevel(level: LogLevel): void } {
  const options = { level, base: {}, timestamp: pino.stdTimeFunctions.isoTime };
  const write = output.isTerminal
    ? (line: string): void => output.write(`${lineForPeople(line)}\n`)
    : (line: string): void => output.write(line);
  const logger = pino(options, { write });
  return {
    debug: (text, fields) => logger.debug(fields ?? {}, text),
    info: (text, fields) => logger.info(fields ?? {}, text),
    warn: (text, fields) => logger.warn(fields ?? {}, text),
    error: (text, fields) => logger.error(fields ?? {}, text),
    setLevel: (next) => {
      logger.level = next;
    },
  };
}

/** `12:34:56.789 warn   link ring0 is silent  link=ring0` from one of pino's lines. */
export function lineForPeople(json: string): string {
  const record: unknown = JSON.parse(json);
  if (typeof record !== 'object' || record === null) return json.trimEnd();
  const fields = new Map<string, unknown>(Object.entries(record));
  const level = Number(fields.get('level'));
  const rest = [...fields]
    .filter(([key]) => !['time', 'level', 'msg'].includes(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const time = String(fields.get('time')).slice('2026-01-01T'.length, '2026-01-01T00:00:00.000'.length);
  const name = pino.levels.labels[level] ?? String(level);
  return [`${time} ${name.padEnd(5)} ${String(fields.get('msg'))}`, ...rest].join('  ');
}
