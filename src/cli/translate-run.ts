import type { Code } from '../codes.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { whyUnreadable } from '../cluster/bounded-file.ts';
import { loadClusterFile } from '../cluster/cluster-file.ts';
import { ConfigError } from '../cluster/config-error.ts';
import { translatorOptionsFor, UnknownNameError } from '../cluster/translator-options.ts';
import { CaptureFormatError, readCapture } from '../net/capture-file.ts';
import type { TranslatorOptions } from '../translator/options.ts';
import { CaptureTranslation, type TranslateLine } from './capture-translation.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from './exit-status.ts';
import { type Failure, printFailureJson } from './failure.ts';

export interface TranslateOptions {
  readonly config: string;
  readonly instance: string;
  readonly node?: string;
  readonly in: string;
  readonly out: string;
  readonly mtu6?: number;
  readonly mtu4?: number;
  readonly seed: string;
  readonly json?: true;
}

/** Longer than any hold time of packets (RFC 6146: 6 s for a SYN, 2 s for fragments). */
const REST_MS = 10_000;

/** @returns the exit status */
export async function runTranslate(options: TranslateOptions): Promise<number> {
  try {
    const tally = new Map<string, number>();
    const capture = readCapture(await inputOf(options));
    const translation = new CaptureTranslation(await translatorOptions(options), capture.nanoseconds, (line) => {
      if (options.json === true) console.log(JSON.stringify(line));
      const name = nameOf(line);
      tally.set(name, (tally.get(name) ?? 0) + 1);
    });
    for (const packet of capture.packets) translation.packet(packet);
    translation.finish(REST_MS);
    await writeOutput(options, translation.output.bytes());
    if (options.json !== true) for (const [name, count] of tally) console.log(`${count}  ${name}`);
    if (capture.brokenEnd === undefined) return EXIT_OK;
    console.error(`${options.in}: ${capture.brokenEnd.message}; the packets before that were translated`);
    return EXIT_FAILED;
  } catch (error) {
    const failure = failureOf(error, options);
    if (failure === undefined) throw error;
    console.error(failure.message);
    if (options.json === true) printFailureJson(failure);
    return EXIT_USAGE;
  }
}

async function translatorOptions(options: TranslateOptions): Promise<TranslatorOptions> {
  const config = await loadClusterFile(options.config);
  const node = options.node ?? Object.keys(config.nodes)[0] ?? '';
  const { mtu6, mtu4 } = options;
  const translator = translatorOptionsFor(config, node, options.instance, options.seed);
  return { ...translator, ...(mtu6 === undefined ? {} : { mtu6 }), ...(mtu4 === undefined ? {} : { mtu4 }) };
}

/** The capture cannot be read or written: a user error. */
class CaptureAccessError extends Error {
  override readonly name = 'CaptureAccessError';
  readonly code: Code = 'file-unusable';
}

async function inputOf(options: TranslateOptions): Promise<Buffer> {
  try {
    return await readFile(options.in);
  } catch (error) {
    const reason = whyUnreadable(error);
    throw new CaptureAccessError(
      `${options.in}: the capture cannot be read: ${reason}; name a pcap or pcapng file with --in`,
      {
        cause: error,
      },
    );
  }
}

async function writeOutput(options: TranslateOptions, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(options.out, bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = 'name a file with --out, in a folder that is there and that this user may write to';
    throw new CaptureAccessError(`${options.out}: the capture cannot be written: ${reason}; ${remedy}`, {
      cause: error,
    });
  }
}

function nameOf(line: TranslateLine): string {
  if ('timer' in line) return 'sent by a timer';
  return line.counter === undefined ? line.verdict : `${line.verdict} (${line.counter})`;
}

/** A user error; undefined: a program error. */
function failureOf(error: unknown, options: TranslateOptions): Failure | undefined {
  if (error instanceof CaptureFormatError) return { code: error.code, message: `${options.in}: ${error.message}` };
  if (error instanceof RangeError) return { code: 'configuration-invalid', message: error.message };
  const ours = error instanceof ConfigError || error instanceof UnknownNameError || error instanceof CaptureAccessError;
  return ours ? error : undefined;
}
