import { InvalidArgumentError } from 'commander';
import type { HttpAddress } from '../observe/http-service.ts';

/** @throws InvalidArgumentError */
export function parseHttpAddress(text: string): HttpAddress {
  const match = /^(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<four>[0-9.]+|localhost)):(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.['port']);
  const host = match?.groups?.['six'] ?? match?.groups?.['four'];
  if (host === undefined || port > 65_535) {
    throw new InvalidArgumentError('127.0.0.1:9464 or [2001:db8::1]:9464 is wanted');
  }
  return { host, port };
}
