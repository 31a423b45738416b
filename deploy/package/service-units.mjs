/**
 * The unit of a machine that is one node, from that of `isthmus@NODE`: the node has the name of the host, or the one in
 * /etc/default/isthmus.
 */
export function isthmusService(template) {
  return template
    .replace(
      /^#.*\n#.*\n/,
      '# One node on this machine, by the name of the host, or by ISTHMUS_NODE in /etc/default/isthmus.\n',
    )
    .replace('gateway, node %i', 'gateway')
    .replace('[Service]\n', '[Service]\nEnvironment=ISTHMUS_NODE=%l\nEnvironmentFile=-/etc/default/isthmus\n')
    .replaceAll('--node %i', '--node ${ISTHMUS_NODE}');
}
