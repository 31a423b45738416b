import { rmSync, statSync } from 'node:fs';
import type { RunCommand } from './command.ts';
import { namespacePath } from './thread.ts';

/** State of a namespace's name: `leftover` is a file without a namespace mounted on it. */
export type NamespaceState = 'namespace' | 'leftover' | 'absent';

/** All namespaces, including that of this process, are files in the kernel file system nsfs (namespaces(7)). */
export function namespaceState(name: string): NamespaceState {
  const found = statSync(namespacePath(name), { throwIfNoEntry: false });
  if (found === undefined) return 'absent';
  return found.dev === statSync('/proc/self/ns/net').dev ? 'namespace' : 'leftover';
}

/**
 * Creates a named namespace, with its loopback interface up, if there is none. A leftover (from a mount namespace that
 * has ended) is replaced.
 * @returns whether it was created
 * @throws CommandError
 */
export async function ensureNamespace(name: string, run: RunCommand): Promise<boolean> {
  const state = namespaceState(name);
  if (state === 'namespace') return false;
  if (state === 'leftover') rmSync(namespacePath(name));
  await run(['ip', 'netns', 'add', name]);
  await run(['ip', 'link', 'set', 'lo', 'up'], { namespace: name });
  return true;
}
