/** What marks an address from which a node checks its translation: `(own)`, or the name of another node. */
interface Checked {
  readonly address: string;
  readonly own: boolean;
  /** Empty: no node does. */
  readonly checkedBy: string;
}

/** An address as tables show it. */
export function markedAddress({ address, own, checkedBy }: Checked): string {
  if (own) return `${address} (own)`;
  // An agent of a release before 0.2 marks addresses of other nodes in no way.
  return checkedBy === '' ? address : `${address} (${checkedBy})`;
}

/** What the marks in a table mean, a line for each. */
export function markNotes(all: readonly Omit<Checked, 'address'>[]): string[] {
  const others = [...new Set(all.flatMap(({ own, checkedBy }) => (own || checkedBy === '' ? [] : [checkedBy])))];
  return [
    ...(all.some(({ own }) => own) ? ['(own): an address of the node itself; its checks go from there'] : []),
    ...others.map((node) => `(${node}): an address of ${node}; its checks go from there`),
  ];
}
