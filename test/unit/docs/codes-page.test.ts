import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CODES } from '../../../src/codes.ts';

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !/^(gen|lab)\//.test(path) && path !== 'codes.ts')
  .map((path) => ({ path, text: readFileSync(`src/${path}`, 'utf8') }));

/** Errors of system calls carry the kernel's own name. The lab's errors never reach an operator. */
const WITHOUT_CODE = new Set(['SystemCallError']);

/** `npm run docs` writes the page anew. */
function codesPage(): string {
  const rows = Object.entries(CODES).map(
    ([code, { severity, meaning, action }]) => `| \`${code}\` | ${severity} | ${meaning} | ${action} |`,
  );
  return `# Codes

Problems (\`isthmus status --json\`), events (\`isthmus events --json\`, \`events.jsonl\`), answers of commands and errors carry a stable \`code\` beside their
sentence. Match the code: sentences may change between releases. The severity is that of an event; a problem is \`degraded\`, or \`notServing\` where no node
serves. A command that fails with \`--json\` prints \`{"ok":false,"code":"…","error":"…"}\` on standard output beside the sentence on standard error.

\`npm run docs\` writes this page from \`src/codes.ts\`; a test keeps it equal.

| code | severity | meaning | what to do |
|---|---|---|---|
${rows.join('\n')}
`;
}

describe('the codes', () => {
  it('are those of docs/codes.md', async () => {
    await expect(codesPage()).toMatchFileSnapshot('../../../docs/codes.md');
  });

  it.each(Object.keys(CODES))('%s is used', (code) => {
    expect(SOURCES.filter(({ text }) => text.includes(`'${code}'`)).map(({ path }) => path)).not.toEqual([]);
  });

  it('are short and in one style, and say what to do about each warning and error', () => {
    const wrong = Object.entries(CODES).filter(
      ([code, { severity, meaning, action }]) =>
        !/^[a-z]+(-[a-z]+)+$/.test(code) || /\.$|^$/.test(meaning) || (severity !== 'info' && action === ''),
    );
    expect(wrong).toEqual([]);
  });

  it('are carried by every error that the program throws', () => {
    const classes = SOURCES.flatMap(({ path, text }) =>
      [...text.matchAll(/class (\w+) extends Error \{\n([\s\S]*?)\n\}/g)].map((found) => ({
        path,
        name: found[1] ?? '',
        body: found[2] ?? '',
      })),
    );
    expect(classes.length).toBeGreaterThan(20);
    const without = classes.filter(({ name, body }) => !WITHOUT_CODE.has(name) && !/readonly code: Code\b/.test(body));
    expect(without.map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
  });
});
