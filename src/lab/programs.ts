import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiled tree: the lab runs compiled programs, also when its own code runs from src/ in a test. */
export const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

/** The program's folder: compiled files and packages. */
export const PROGRAM = dirname(DIST);

/** The compiled program `isthmus`. */
export const ISTHMUS = join(DIST, 'main.js');

const NEEDED = ['unshare', 'nsenter', 'setpriv', 'ip', 'ss', 'ping', 'curl', 'bird', 'birdc', 'unbound', 'vtysh'];
const FRR_DAEMONS = ['/usr/lib/frr/zebra', '/usr/lib/frr/bfdd'];

/** Programs required by the lab and missing on this machine. */
export function missingPrograms(): string[] {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const found = (name: string): boolean => folders.some((folder) => executable(join(folder, name)));
  return [
    ...NEEDED.filter((name) => !found(name)),
    ...FRR_DAEMONS.filter((path) => !executable(path)),
    ...(existsSync(ISTHMUS) ? [] : [ISTHMUS]),
  ];
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
