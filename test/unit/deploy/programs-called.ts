import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A program that a source file calls. */
export interface Call {
  /** As it is written: a name, or an absolute path. */
  readonly program: string;
  readonly file: string;
}

const FOLDERS = ['/usr/bin', '/usr/sbin', '/bin', '/sbin'];

/** Where a program stands in a source text: the first word of an argument vector, or that of a spawning function. */
const ARGUMENT_VECTOR = /\[\s*(?:\.\.\.\w+,\s*)?['"`]([\w./+-]+)['"`]/g;
const SPAWNED = /\b(?:spawn|spawnSync|execFile|execFileSync)\(\s*['"`]([\w./+-]+)['"`]/g;
/** FRR's daemons, tayga: programs that stand outside PATH are written with their folder. */
const ABSOLUTE = /['"`](\/usr\/(?:s?bin|lib)\/[\w./+-]+)['"`]/g;
/** Shell text, after `-c` or under a name that says so, and a word at the place of a command in it. */
const SHELL_TEXT = /(?:'sh', '-c',\s*|(?:script|show|SCRIPT) = )(['"`])([^]*?)\1/g;
const COMMAND = /(?:^|[;|&\n] *|\$\()([a-z][\w.+-]*)(?= |$)/g;

/** The programs that the TypeScript files under `folders` call, as far as they are on this machine. */
export function programsCalledIn(folders: readonly string[]): Call[] {
  return folders.flatMap(sourceFiles).flatMap((file) => programsIn(readFileSync(file, 'utf8'), file));
}

/** The same of one text. */
export function programsIn(text: string, file: string): Call[] {
  const found = new Set<string>();
  const take = (source: string, pattern: RegExp): void => {
    for (const [, program = ''] of source.matchAll(pattern)) if (pathOf(program) !== undefined) found.add(program);
  };
  for (const pattern of [ARGUMENT_VECTOR, SPAWNED, ABSOLUTE]) take(text, pattern);
  for (const [, , script = ''] of text.matchAll(SHELL_TEXT)) take(script, COMMAND);
  return [...found].map((program) => ({ program, file }));
}

function sourceFiles(folder: string): string[] {
  const names = statSync(folder).isFile() ? [''] : readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.map((name) => join(folder, name)).filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
}

function pathOf(program: string): string | undefined {
  const paths = program.startsWith('/') ? [program] : FOLDERS.map((folder) => join(folder, program));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  });
}

/**
 * The installed Debian packages that each program belongs to; none for one that dpkg does not know. Packages name
 * their files by the folders of before the merge of /bin and /usr/bin, or by those of after it.
 */
export function packagesOf(programs: readonly string[]): Map<string, string[]> {
  const namesOf = new Map(programs.map((program) => [program, namesInPackages(program)]));
  // It ends with 1 when one of them is in no package, and tells of the others all the same.
  const { stdout } = spawnSync('dpkg-query', ['-S', ...new Set([...namesOf.values()].flat())], { encoding: 'utf8' });
  const owners = new Map<string, string[]>();
  for (const line of stdout.split('\n')) {
    const [packages = '', path] = line.split(': ');
    if (path === undefined || packages.startsWith('diversion')) continue;
    owners.set(path, [...(owners.get(path) ?? []), ...packages.split(', ').map((name) => name.replace(/:.*/, ''))]);
  }
  return new Map(
    [...namesOf].map(([program, names]) => [program, [...new Set(names.flatMap((name) => owners.get(name) ?? []))]]),
  );
}

function namesInPackages(program: string): string[] {
  const path = pathOf(program);
  if (path === undefined) return [];
  return [path, realpathSync(path)].flatMap((name) => {
    const short = name.replace(/^\/usr/, '');
    return [short, `/usr${short}`];
  });
}

/** Packages that every Debian machine has, down to a tree made by `debootstrap --variant=minbase`. */
export function basePackages(): Set<string> {
  const format = '${Package} ${Essential} ${Priority}\n';
  const lines = execFileSync('dpkg-query', ['-W', `-f=${format}`], { encoding: 'utf8' }).split('\n');
  return new Set(
    lines
      .map((line) => line.split(' '))
      .flatMap(([name = '', essential, priority]) => (essential === 'yes' || priority === 'required' ? [name] : [])),
  );
}
