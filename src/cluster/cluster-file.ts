import { readText, whyUnreadable } from './bounded-file.ts';
import { ConfigError, type ConfigMistake, WHOLE_FILE } from './config-error.ts';
import { crossCheck } from './cross-rules.ts';
import { foreignFile } from './foreign-file.ts';
import type { CrossMistake } from './cross-mistake.ts';
import { withEamFiles } from './eam-file.ts';
import { type ClusterConfig, clusterSchema, withDerivedDefaults } from './schema.ts';
import { mistakesOf } from './schema-mistakes.ts';
import { YamlText } from './yaml-text.ts';

/** A cluster file with 100,000 inline mappings has 6 MB; a much larger one is a mistake. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/**
 * Reads the file, and the mapping files that it names. @throws ConfigError with every mistake of a file, or that it
 * cannot be read
 */
export async function loadClusterFile(file: string): Promise<ClusterConfig> {
  return withEamFiles(await readClusterFile(file));
}

/** Reads the file without the mapping files that it names. @throws ConfigError as `loadClusterFile` */
export async function readClusterFile(file: string): Promise<ClusterConfig> {
  let text: string;
  try {
    text = await readText(file, MAX_FILE_BYTES);
  } catch (error) {
    const what = `the file cannot be read: ${whyUnreadable(error)}`;
    throw new ConfigError([{ file, ...WHOLE_FILE, path: '', what, remedy: 'name the cluster file' }]);
  }
  return parseClusterText(text, file);
}

/** @throws ConfigError with every mistake of the text */
export function parseClusterText(text: string, file: string): ClusterConfig {
  const source = new YamlText(text, file);
  const data = source.read();
  const foreign = foreignFile(data);
  if (foreign !== undefined) throw new ConfigError([source.of([], foreign.what, foreign.remedy)]);
  const result = clusterSchema.safeParse(data, { reportInput: true });
  if (!result.success) throw new ConfigError(mistakesOf(result.error.issues, source));
  const config = withDerivedDefaults(result.data);
  const crossed = crossCheck(config);
  if (crossed.length === 0) return config;
  throw new ConfigError(crossed.map(({ path, what, remedy }) => source.of(path, what, remedy)));
}

/** Locations, in a file read before, of mistakes found later. */
export async function placesIn(file: string, mistakes: readonly CrossMistake[]): Promise<ConfigMistake[]> {
  const source = new YamlText(await readText(file, MAX_FILE_BYTES), file);
  return mistakes.map(({ path, what, remedy }) => source.of(path, what, remedy));
}
