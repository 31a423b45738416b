import { formatPrefix4, formatPrefix6, parsePrefix4, parsePrefix6 } from '../net/prefix.ts';
import type { EamEntry } from '../translator/options.ts';
import { EamTable } from '../translator/siit/eam-table.ts';
import { readText, whyUnreadable } from './bounded-file.ts';
import { ConfigError, type ConfigMistake, WHOLE_FILE } from './config-error.ts';
import type { ClusterConfig } from './schema.ts';

/** More than a million mappings of the longest kind. */
const MAX_FILE_BYTES = 128 * 1024 * 1024;
/** Maximum number of mistakes reported. */
const MAX_MISTAKES = 20;

/** The configuration with the mappings of each `eamFile` added to its instance. @throws ConfigError */
export async function withEamFiles(config: ClusterConfig): Promise<ClusterConfig> {
  const instances: ClusterConfig['instances'] = {};
  for (const [name, instance] of Object.entries(config.instances)) {
    instances[name] = instance;
    if (instance.kind !== 'siit' || instance.eamFile === undefined) continue;
    const eam = [...instance.eam, ...(await loadEamFile(instance.eamFile))];
    requireTable(eam, instance.eamFile);
    instances[name] = { ...instance, eam };
  }
  return { ...config, instances };
}

/** @throws ConfigError if the mappings contradict each other */
function requireTable(eam: readonly EamEntry[], file: string): void {
  try {
    void new EamTable(eam);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ConfigError([{ file, ...WHOLE_FILE, path: 'eamFile', what: error.message, remedy: '' }]);
  }
}

/**
 * Reads explicit address mappings, a line each: an IPv6 prefix, white space, an IPv4 prefix. `#` begins a comment.
 * Tables of hundreds of thousands of lines are read in a fraction of the time needed for YAML.
 * @throws ConfigError
 */
async function loadEamFile(file: string): Promise<EamEntry[]> {
  try {
    return parseEamText(await readText(file, MAX_FILE_BYTES), file);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const what = `the file cannot be read: ${whyUnreadable(error)}`;
    throw new ConfigError([{ file, ...WHOLE_FILE, path: 'eamFile', what, remedy: 'name a file of mappings' }]);
  }
}

/** @throws ConfigError with the first mistakes of the text */
export function parseEamText(text: string, file: string): EamEntry[] {
  const entries: EamEntry[] = [];
  const mistakes: ConfigMistake[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const comment = line.indexOf('#');
    const content = (comment < 0 ? line : line.slice(0, comment)).trim();
    if (content === '') continue;
    const entry = entryOf(content);
    if (entry !== undefined) {
      entries.push(entry);
      continue;
    }
    const what = `${JSON.stringify(content)} is not a mapping`;
    const remedy = 'write an IPv6 and an IPv4 prefix, like 2001:db8:3::/120 192.0.2.0/24';
    mistakes.push({ file, line: index + 1, column: 1, path: 'eamFile', what, remedy });
    if (mistakes.length === MAX_MISTAKES) break;
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return entries;
}

function entryOf(content: string): EamEntry | undefined {
  const end = content.search(/\s/);
  if (end < 0) return undefined;
  const v6 = parsePrefix6(content.slice(0, end));
  const v4 = parsePrefix4(content.slice(end).trimStart());
  // Normalised like the values of the cluster file, so that other spellings give the same mapping.
  return v6 && v4 ? { v6: formatPrefix6(v6), v4: formatPrefix4(v4) } : undefined;
}
