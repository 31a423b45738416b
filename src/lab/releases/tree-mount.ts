import type { Machine } from '../world/machine.ts';
import type { ReleaseTree } from './release-tree.ts';

/**
 * The tree read-only, in the machine's own mount namespace. Its /run is the machine's, so that sockets are visible in
 * both; users are the machine's, so that their ids agree; other writable paths are in memory.
 */
const MOUNT_SCRIPT = `
set -e
root=/run/lab/trees/$2
[ ! -e "$root/isthmus-tree.json" ] || exit 0
mkdir -p "$root"
mount --bind "$1" "$root"
mount -o remount,ro,bind "$root"
mount --bind /run "$root/run"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
for place in tmp etc/frr etc/bird var/lib/frr var/tmp/frr; do mount -t tmpfs -o mode=755 tmpfs "$root/$place"; done
chmod 1777 "$root/tmp"
chown frr:frr "$root/var/lib/frr" "$root/var/tmp/frr" "$root/etc/frr"
for file in passwd group; do mount --bind "/etc/$file" "$root/etc/$file"; done`;

/**
 * Makes a tree's programs usable on a machine; idempotent. @returns the prefix for their command lines, empty for the
 * machine's own programs
 */
export async function enterTree(machine: Machine, tree: ReleaseTree | undefined): Promise<readonly string[]> {
  if (tree === undefined) return [];
  const name = `${tree.release}-${tree.package}`;
  await machine.run(['sh', '-c', MOUNT_SCRIPT, 'sh', tree.root, name]);
  return ['chroot', `/run/lab/trees/${name}`];
}
