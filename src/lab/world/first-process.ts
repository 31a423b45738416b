/** Namespaces of a world, and of each machine in it; their first process ends with the one that started it. */
export const OWN_NAMESPACES = [
  '--mount',
  '--pid',
  '--net',
  '--uts',
  '--ipc',
  '--fork',
  '--kill-child',
  '--mount-proc',
] as const;

/** End of a first process's script: keeps the namespaces alive and collects orphans. */
export const REAP_FOR_EVER = 'while :; do sleep 2147483647 & wait $!; done';
