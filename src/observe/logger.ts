import { pino } from 'pino';
import type { AgentLog } from '../agent/events/agent-log.ts';
import type { LogLevel } from '../cluster/log-levels.ts';
import type { LogFormat } from './log-format.ts';
import type { LogOutput } from './log-output.ts';

/** The agent's log: JSON lines, or text. */
export function createLog(
  level: LogLevel,
  output: LogOutput,
  format: LogFormat = 'auto',
): AgentLog & { setLevel(level: LogLevel): void } {
  const options = { level, base: {}, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = pino(options, { write: (line) => output.write(formatLine(line, output, format)) });
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

function formatLine(json: string, { isTerminal, isJournal }: LogOutput, format: LogFormat): string {
  if (format === 'json' || (format === 'auto' && !isTerminal && !isJournal)) return json;
  return `${isJournal ? lineForJournal(json) : lineForPeople(json)}\n`;
}

/** Syslog priorities of pino's levels; worse than an error is critical (syslog(3)). */
const PRIORITIES: Readonly<Record<string, number>> = { trace: 7, debug: 7, info: 6, warn: 4, error: 3, fatal: 2 };

/**
 * `<4>link ring0 is silent  link=ring0`: the journal adds the time, and takes the priority from the prefix
 * (sd-daemon(3)).
 */
export function lineForJournal(json: string): string {
  const { level, text } = partsOf(json);
  const priority = `<${PRIORITIES[level] ?? 6}>`;
  return `${priority}${text.replaceAll('\n', `\n${priority}`)}`;
}

/** `12:34:56.789 warn   link ring0 is silent  link=ring0` from one of pino's lines. */
export function lineForPeople(json: string): string {
  const { level, time, text } = partsOf(json);
  return `${time} ${level.padEnd(5)} ${text}`;
}

interface LineParts {
  readonly level: string;
  /** Time of day, UTC, to the millisecond. */
  readonly time: string;
  /** The message and its fields. */
  readonly text: string;
}

/** Parses one of pino's lines. */
function partsOf(json: string): LineParts {
  const record: unknown = JSON.parse(json);
  if (typeof record !== 'object' || record === null) return { level: 'info', time: '', text: json.trimEnd() };
  const fields = new Map<string, unknown>(Object.entries(record));
  const level = Number(fields.get('level'));
  const rest = [...fields]
    .filter(([key]) => !['time', 'level', 'msg'].includes(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return {
    level: pino.levels.labels[level] ?? String(level),
    time: String(fields.get('time')).slice('2026-01-01T'.length, '2026-01-01T00:00:00.000'.length),
    text: [String(fields.get('msg')), ...rest].join('  '),
  };
}
