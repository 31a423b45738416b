/** A parsed line of the NAT log, of this version or of an earlier one, whose lines have no slot and epoch. */
export interface LogLine {
  /** The line in the file. */
  readonly text: string;
  readonly timeMs: number;
  readonly node: string;
  readonly slot: number | undefined;
  readonly epoch: number | undefined;
  readonly instance: string;
  readonly event: string;
  /** The client's address or prefix; or its pseudonym, 32 hexadecimal digits. */
  readonly client: string | undefined;
  readonly pseudonym: string | undefined;
  readonly protocol: string;
  readonly port: number | undefined;
  readonly pool4: string | undefined;
  readonly pool4Port: number | undefined;
  readonly ports: readonly [first: number, last: number] | undefined;
  readonly remote: string | undefined;
  readonly remotePort: number | undefined;
  readonly lostBefore: number;
  /** For `linesLost`. */
  readonly lines: number;
  readonly sinceMs: number | undefined;
  /** For `takenOver`. */
  readonly formerSlot: number | undefined;
  /** For the first line of a file. */
  readonly nodes: readonly string[];
  readonly instances: Readonly<Record<string, unknown>>;
  /** Revision of the configuration described. */
  readonly revision: string;
}

/** @returns undefined for anything that is not a line of the NAT log: files may be damaged */
export function parseLogLine(text: string): LogLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const timeMs = Date.parse(textOf(value['time']) ?? '');
  const event = textOf(value['event']);
  if (Number.isNaN(timeMs) || event === undefined) return undefined;
  const since = Date.parse(textOf(value['since']) ?? '');
  const { nodes, instances } = value;
  return {
    text,
    timeMs,
    event,
    node: textOf(value['node']) ?? '',
    slot: numberOf(value['slot']),
    epoch: numberOf(value['epoch']),
    instance: textOf(value['instance']) ?? '',
    client: textOf(value['client']),
    pseudonym: textOf(value['pseudonym']),
    protocol: textOf(value['protocol']) ?? '',
    port: numberOf(value['port']),
    pool4: textOf(value['pool4']),
    pool4Port: numberOf(value['pool4Port']),
    ports: rangeOf(value['ports']),
    remote: textOf(value['remote']),
    remotePort: numberOf(value['remotePort']),
    lostBefore: numberOf(value['lostBefore']) ?? 0,
    lines: numberOf(value['lines']) ?? 0,
    sinceMs: Number.isNaN(since) ? undefined : since,
    formerSlot: numberOf(value['formerSlot']),
    nodes: Array.isArray(nodes) ? nodes.flatMap((one) => textOf(one) ?? []) : [],
    instances: isRecord(instances) ? instances : {},
    revision: textOf(value['revision']) ?? '',
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function rangeOf(value: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [first, last] = [numberOf(value[0]), numberOf(value[1])];
  return first === undefined || last === undefined ? undefined : [first, last];
}
