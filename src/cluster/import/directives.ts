/** A line of a plain configuration file: a key and its value. */
export interface Directive {
  readonly key: string;
  readonly value: string;
  /** `FILE:LINE`, for messages. */
  readonly place: string;
}

/**
 * The lines of a file that are neither empty nor comments.
 * @param comments the letters that begin a comment
 * @param separator between key and value: white space, or `=` with white space around it
 * @param end a line at which reading ends
 */
export function directivesOf(
  text: string,
  file: string,
  { comments, separator, end }: { readonly comments: RegExp; readonly separator: RegExp; readonly end?: string },
): Directive[] {
  const directives: Directive[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (end !== undefined && line.trim() === end) break;
    const said = line.replace(comments, '').trim();
    if (said === '') continue;
    const [key = '', ...rest] = said.split(separator);
    directives.push({ key, value: rest.join(' ').trim(), place: `${file}:${index + 1}` });
  }
  return directives;
}
