const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Text as it may stand in HTML and XML, in attributes too; characters that XML has no place for are left out. */
export function escapeHtml(text: string): string {
  // What XML 1.0 has no place for (section 2.2).
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '')
      .replaceAll(/[&<>"']/g, (one) => ENTITIES.get(one) ?? one)
  );
}
