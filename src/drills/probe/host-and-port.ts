/** An address or a name, and a port. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** `[2001:db8::5]:7008`, `192.0.2.5:7008`, `probe.example:7008`. @returns undefined: invalid */
export function parseHostAndPort(text: string): HostAndPort | undefined {
  const match = /^(?:\[(?<six>[0-9a-fA-F:.]+(?:%[\w.-]+)?)\]|(?<name>[\w.-]+)):(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.['port']);
  const host = match?.groups?.['six'] ?? match?.groups?.['name'];
  return host === undefined || port === 0 || port > 65_535 ? undefined : { host, port };
}

/** In the notation of parseHostAndPort. */
export function formatHostAndPort({ host, port }: HostAndPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
