/** What `markedOwn` adds, in words. */
export const OWN_NOTE = '(own): an address of the node itself; its checks go from there';

/** An address as tables show it. @param own the node checks its translation from there */
export function markedOwn(address: string, own: boolean): string {
  return own ? `${address} (own)` : address;
}
