import { type FileHandle, open } from 'node:fs/promises';
import { AgentRefusedError, type ControlClient } from '../agent/control/control-client.ts';
import { CONTROL } from '../agent/control/control-service.ts';
import type { TracedBytesMessage, TracedPacketMessage, TraceReply } from '../agent/control/messages.ts';
import { pcapngHeader, pcapngPacket } from '../net/pcapng-writer.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { withAgent } from './control-connection.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-status.ts';
import { endpoint } from './sessions-run.ts';
import { formatBytes, formatCount, formatTime, type Paint, paintFor } from './table.ts';
import { toJson, withFields } from './json.ts';

interface TracedClient extends ConnectionOptions {
  readonly client: string;
  readonly remote?: string;
  readonly instance?: string;
  readonly packets: number;
  readonly seconds: number;
  readonly json?: true;
}

export type TraceOptions = TracedClient;

export interface CaptureOptions extends TracedClient {
  readonly write: string;
  readonly bytes: number;
  readonly snapLength: number;
}

/** A trace only shows headers. */
const TRACE_SNAP = 256;

export async function runTrace(options: TraceOptions): Promise<void> {
  const paint = paintFor(process.stdout);
  const json = options.json === true;
  let shown = 0;
  await withAgent(options, async (client) => {
    for await (const { packets, skipped, notes } of traced(client, 'trace', options, TRACE_SNAP)) {
      for (const note of notes) console.error(`isthmus: ${note}`);
      for (const packet of packets)
        console.log(json ? toJson(packetJson(packet)) : packetLines(packet, paint).join('\n'));
      shown += packets.length;
      if (skipped > 0) console.error(`isthmus: ${formatCount(skipped)} packets are not shown: too many came at once`);
    }
    endWith(shown, options);
  });
}

export async function runCapture(options: CaptureOptions): Promise<void> {
  await withAgent(options, async (client) => {
    const file = await created(options.write);
    try {
      const capture = new CaptureFile(file, options.bytes);
      for await (const { packets, skipped, notes } of traced(client, 'capture', options, options.snapLength)) {
        for (const note of notes) console.error(`isthmus: ${note}`);
        if (skipped > 0) console.error(`isthmus: ${formatCount(skipped)} packets are missing: too many came at once`);
        if (!(await capture.write(packets))) break;
      }
      const { count, size } = capture;
      if (options.json === true)
        console.log(JSON.stringify({ packets: count, bytes: size, file: options.write }, null, 2));
      else console.log(`${formatCount(count)} packets of the client, ${formatBytes(size)} in ${options.write}`);
      endWith(count, options);
    } finally {
      await file.close();
    }
  });
}

function traced(
  client: ControlClient,
  command: 'trace' | 'capture',
  { client: address, remote = '', instance = '', packets, seconds }: TracedClient,
  snapLength: number,
): AsyncIterable<TraceReply> {
  return client.stream(CONTROL.tracePackets, {
    instance,
    client: address,
    remote,
    packets,
    seconds,
    snapLength,
    explain: true,
    command,
  });
}

function endWith(count: number, { client, seconds }: TracedClient): void {
  if (count === 0) console.error(`isthmus: no packet of ${client} came to this node within ${seconds} s`);
  process.exitCode = count === 0 ? EXIT_FAILED : EXIT_OK;
}

/** @throws AgentRefusedError with a sentence, if the file cannot be written */
async function created(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w', 0o600);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AgentRefusedError(`${path} cannot be written: ${reason}; name another file with -w`, 'request-invalid');
  }
}

const [BEFORE, AFTER] = [0, 1];

/** A pcapng file with one interface for packets as received, and one for packets sent. */
class CaptureFile {
  readonly #file: FileHandle;
  readonly #most: number;
  /** Bytes written, and number of packets of the client. */
  size = 0;
  count = 0;

  constructor(file: FileHandle, most: number) {
    this.#file = file;
    this.#most = most;
  }

  /** @returns false: the file would be too large */
  async write(packets: readonly TracedPacketMessage[]): Promise<boolean> {
    if (this.size === 0) await this.#append(pcapngHeader('isthmus capture', ['before', 'after']));
    for (const packet of packets) {
      const blocks = blocksOf(packet);
      if (this.size + blocks.length > this.#most) {
        console.error(`isthmus: the file has ${formatBytes(this.size)}: --bytes allows no more`);
        return false;
      }
      await this.#append(blocks);
      this.count += 1;
    }
    return true;
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#file.write(bytes);
    this.size += bytes.length;
  }
}

/** Blocks of one packet: itself, with the decisions as comment, then the packets sent. */
function blocksOf(packet: TracedPacketMessage): Buffer {
  const { time, before, after } = packet;
  const seconds = Math.floor(time / 1000);
  const at = { seconds, nanoseconds: Math.round((time - 1000 * seconds) * 1e6) };
  const parts =
    before === undefined ? [] : [written(BEFORE, at, before, [outcome(packet), ...packet.steps].join('\n'))];
  return Buffer.concat([...parts, ...after.map((one) => written(AFTER, at, one, ''))]);
}

function written(
  on: number,
  time: { readonly seconds: number; readonly nanoseconds: number },
  { content, length }: TracedBytesMessage,
  comment: string,
): Uint8Array {
  return pcapngPacket({ on, time, bytes: content, length, comment });
}

function outcome({ instance, verdict, counter, counted, after }: TracedPacketMessage): string {
  const why = counter === '' ? '' : ` (${counter})`;
  const counters = counted.map(({ name, value }) => (value === 1 ? name : `${name} +${value}`)).join(', ');
  const nothing = after.length === 0 && verdict !== 'held' ? '; nothing left' : '';
  return `instance ${instance}: ${verdict}${why}${nothing}; counted: ${counters === '' ? 'nothing' : counters}`;
}

export function packetLines(packet: TracedPacketMessage, paint: Paint): string[] {
  const { time, direction, before, after, steps, verdict } = packet;
  const way = direction === '6to4' ? '6→4' : '4→6';
  const lost = verdict === 'dropped' || verdict === 'error';
  return [
    `${paint('faint', formatTime(time))}  ${way}  ${before === undefined ? '' : inWords(before)}`,
    ...steps.map((step, index) => `    ${index + 1}. ${step}`),
    `    ${paint(lost ? 'warning' : 'good', outcome(packet))}`,
    ...after.map((one) => `    leaves: ${inWords(one)}`),
  ];
}

function inWords({ summary, protocol, length }: TracedBytesMessage): string {
  if (summary === undefined) return `${length} bytes`;
  const { source, sourcePort, destination, destinationPort, hopLimit, fragment } = summary;
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  const [from, to] = hasPorts
    ? [endpoint(source, sourcePort), endpoint(destination, destinationPort)]
    : [source, destination];
  const part = fragment ? ', a fragment' : '';
  return `${protocol} ${from} → ${to}, ${length} bytes, hop limit ${hopLimit}${part}`;
}

/** Bytes as hexadecimal digits. */
function packetJson(packet: TracedPacketMessage): object {
  const { before, after } = packet;
  return withFields(packet, { before: before === undefined ? null : hex(before), after: after.map(hex) });
}

function hex(bytes: TracedBytesMessage): object {
  return withFields(bytes, { content: Buffer.from(bytes.content).toString('hex') });
}
