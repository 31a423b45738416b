const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Escapes text for HTML and XML, including attributes; characters not allowed in XML are removed. */
export function escapeHtml(text: string): string {
  // Characters not allowed in XML 1.0 (section 2.2).
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '')
      .replaceAll(/[&<>"']/g, (one) => ENTITIES.get(one) ?? one)
  );
}
