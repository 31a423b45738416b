import { rmSync, statSync } from 'node:fs';
import type { RunCommand } from './command.ts';
import { namespacePath } from './thread.ts';

/** What stands under a namespace's name: `leftover` is a file that no namespace is mounted on. */
export type NamespaceState = 'namespace' | 'leftover' | 'absent';

/** All namespaces are files of one file system of the kernel's, nsfs (namespaces(7)), and so is that of this process. */
export function namespaceState(name: string): NamespaceState {
  const found = statSync(namespacePath(name), { throwIfNoEntry: false });
  if (found === undefined) return 'absent';
  return found.dev === statSync('/proc/self/ns/net').dev ? 'namespace' : 'leftover';
}

/**
 * Makes a named namespace, with its loopback interface up, where there is none. A leftover is what remains of a
 * namespace that was mounted inside another mount namespace, which has ended: it is replaced.
 * @returns whether it was made
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
