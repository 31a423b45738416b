/**
 * Recognises the configuration of another program given as cluster file: one sentence is more helpful than a mistake
 * for each of its keys.
 */
export function foreignFile(data: unknown): { readonly what: string; readonly remedy: string } | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data) || 'cluster' in data) return undefined;
  const jool = ['instance', 'framework', 'global', 'pool4', 'bib', 'eamt', 'denylist4'].filter((key) => key in data);
  if (jool.length < 2 && !(jool.length === 1 && jool[0] === 'global')) return undefined;
  return { what: 'a configuration file of Jool', remedy: 'convert it: isthmus config import jool FILE' };
}
