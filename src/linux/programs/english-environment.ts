/** The environment of this process, but for the language. */
export function englishEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) environment[name] = value;
  return { ...environment, LC_ALL: 'C' };
}
