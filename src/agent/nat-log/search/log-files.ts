import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { NatLogConfig } from '../../../cluster/nat-log-schema.ts';
import { COMPRESSED, INDEX, partsOf, PLAIN } from '../segment-directory.ts';
import { type LogFile, spanOf } from './segment-reader.ts';

/** A file of lines with the time range of its lines. Milliseconds since 1970. */
export interface DatedFile extends LogFile {
  readonly fromMs: number;
  readonly toMs: number;
}

/** `20260101T000000.000Z` at the beginning of a name. */
const STEM_TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3}Z)\./;
/** Files of earlier versions: NODE.nat-log, and those rotated by logrotate. */
const FORMER = /\.nat-log(?:\.\d+)?(?:\.gz)?$/;
/** Directories of this version in a state directory. */
const DIRECTORY = /\.nat-log\.d$/;

/** The directories and files of the NAT log in a state directory. @throws file system errors */
export function logPlacesIn(stateDirectory: string): string[] {
  return readdirSync(stateDirectory)
    .filter((name) => DIRECTORY.test(name) || FORMER.test(name))
    .map((name) => join(stateDirectory, name));
}

/** Those of one node: of its sinks, and of earlier versions. */
export function placesOfNode({ sinks }: NatLogConfig, paths: { readonly natLog: string }): string[] {
  const own = Object.values(sinks).flatMap((sink) => (sink.kind === 'file' ? [sink.directory ?? paths.natLog] : []));
  const [state, name] = [dirname(paths.natLog), basename(paths.natLog, '.d')];
  const former = logPlacesIn(state).filter((place) => FORMER.test(place) && basename(place).startsWith(name));
  return [...own.filter((place) => existsSync(place)), ...former];
}

/** The files of a directory, or a single file, in order of time. @throws file system errors */
export function logFilesAt(place: string): DatedFile[] {
  const names = statSync(place).isDirectory() ? readdirSync(place).map((name) => join(place, name)) : [place];
  const files = names.flatMap((path) => datedFile(path));
  return files.toSorted((one, other) => one.fromMs - other.fromMs);
}

/** While a file is being compressed, its lines are in both files: then the plain one counts. */
function datedFile(path: string): DatedFile[] {
  const parts = partsOf(path);
  if (parts === undefined) return FORMER.test(path) ? [formerFile(path)] : [];
  const { stem, ending } = parts;
  if (ending === INDEX || (ending === COMPRESSED && existsSync(`${stem}${PLAIN}`))) return [];
  const indexPath = existsSync(`${stem}${INDEX}`) ? `${stem}${INDEX}` : undefined;
  const plainIndexed = ending === PLAIN && existsSync(`${stem}${COMPRESSED}`);
  const file = { path, compressed: ending === COMPRESSED, indexPath: plainIndexed ? undefined : indexPath };
  const begun = Date.parse((/[^/]*$/.exec(stem)?.[0] ?? '').replace(STEM_TIME, '$1-$2-$3T$4:$5:$6|').split('|')[0]);
  const span = spanOf(file);
  if (span !== undefined && span[0] <= span[1]) return [{ ...file, fromMs: span[0], toMs: span[1] }];
  return [{ ...file, fromMs: Number.isNaN(begun) ? 0 : begun, toMs: Number.POSITIVE_INFINITY }];
}

function formerFile(path: string): DatedFile {
  const compressed = path.endsWith('.gz');
  return { path, compressed, indexPath: undefined, fromMs: 0, toMs: statSync(path).mtimeMs };
}
