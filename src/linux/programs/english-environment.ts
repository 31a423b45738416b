/** The environment of this process, with the language set to English. */
export function englishEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) environment[name] = value;
  return { ...environment, LC_ALL: 'C' };
}
