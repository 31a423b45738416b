import type { LogLine } from './log-line.ts';

/** A client that had an address and port of pool4, according to lines. */
export interface Holding {
  readonly instance: string;
  readonly protocol: string;
  readonly client: string;
  readonly pseudonym: boolean;
  readonly port: number | undefined;
  readonly pool4: string;
  readonly ports: readonly [first: number, last: number];
  readonly kind: 'mapping' | 'sessions' | 'block';
  /** Its first line, if that is a start; otherwise when it was first seen. */
  readonly from: LogLine;
  readonly begun: boolean;
  /** Its last line, if that is an end. */
  until: LogLine | undefined;
  /** The start of another client's holding: it has ended by then. */
  replaced: LogLine | undefined;
  /** Number of open sessions, for session lines. */
  open: number;
  readonly remotes: {
    readonly remote: string;
    readonly port: number;
    readonly fromMs: number;
    toMs: number | undefined;
  }[];
}

const KINDS: Readonly<Record<string, readonly [kind: Holding['kind'], begins: boolean]>> = {
  mappingCreated: ['mapping', true],
  mappingDeleted: ['mapping', false],
  sessionCreated: ['sessions', true],
  sessionEnded: ['sessions', false],
  blockAllocated: ['block', true],
  blockReleased: ['block', false],
};

/**
 * The consecutive holders of an address and port. Pure. Lines of several nodes are combined: a mapping begun by one
 * node may be ended by another.
 * @param lines in order of time
 */
export function holdingsOf(lines: readonly LogLine[]): Holding[] {
  const last = new Map<string, Holding>();
  const all: Holding[] = [];
  for (const line of lines) {
    const found = KINDS[line.event];
    const ports =
      line.ports ?? (line.pool4Port === undefined ? undefined : ([line.pool4Port, line.pool4Port] as const));
    const client = line.client ?? line.pseudonym;
    if (found === undefined || ports === undefined || client === undefined || line.pool4 === undefined) continue;
    const [kind, begins] = found;
    const key = `${line.instance} ${line.protocol} ${line.pool4} ${ports.join('-')}`;
    const before = last.get(key);
    const continues = before !== undefined && before.client === client && before.port === line.port;
    if (continues && (before.until === undefined || !begins || justEnded(before.until, line))) {
      extend(before, line, begins);
      continue;
    }
    if (before !== undefined) before.replaced ??= line;
    const holding: Holding = {
      instance: line.instance,
      protocol: line.protocol,
      client,
      pseudonym: line.pseudonym !== undefined,
      port: line.port,
      pool4: line.pool4,
      ports,
      kind,
      from: line,
      begun: begins,
      until: undefined,
      replaced: undefined,
      open: 0,
      remotes: [],
    };
    extend(holding, line, begins);
    last.set(key, holding);
    all.push(holding);
  }
  return all;
}

/** A session that starts at the same instant at which the last one ended belongs to the same mapping. */
function justEnded(until: LogLine, line: LogLine): boolean {
  return line.event === 'sessionCreated' && line.timeMs === until.timeMs;
}

function extend(holding: Holding, line: LogLine, begins: boolean): void {
  if (line.remote !== undefined && holding.remotes.length < MAX_REMOTES) note(holding, line, begins);
  if (begins) {
    holding.open += 1;
    holding.until = undefined;
    return;
  }
  holding.open = Math.max(0, holding.open - 1);
  // A mapping ended by two nodes ends with the later line.
  if (holding.kind !== 'sessions' || holding.open === 0) holding.until = line;
}

/** Maximum number of remotes, for session lines with destinations. */
const MAX_REMOTES = 1000;

function note({ remotes }: Holding, line: LogLine, begins: boolean): void {
  const [remote, port] = [line.remote ?? '', line.remotePort ?? 0];
  if (begins) {
    remotes.push({ remote, port, fromMs: line.timeMs, toMs: undefined });
    return;
  }
  const open = remotes.findLast((one) => one.remote === remote && one.port === port && one.toMs === undefined);
  if (open !== undefined) open.toMs = line.timeMs;
}
