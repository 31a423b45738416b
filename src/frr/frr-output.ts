import type { Code } from '../codes.ts';
import { isIP, SocketAddress } from 'node:net';

/** The output of an FRR `show … json` command cannot be parsed. */
export class FrrOutputError extends Error {
  override readonly name = 'FrrOutputError';
  readonly code: Code = 'frr-refused';
}

/**
 * Parses the output of `command`; undefined: nothing, or an empty object, which some versions print when there is
 * nothing to show. @throws FrrOutputError
 */
export function parseJson(output: string, command: string): unknown {
  const trimmed = output.trim();
  if (trimmed === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FrrOutputError(`"${command}" has not printed JSON: ${reason}`);
  }
  return isEmptyObject(value) ? undefined : value;
}

/** The output of `command` as an object; empty if there is none. @throws FrrOutputError */
export function parseObject(output: string, command: string): Record<string, unknown> {
  const value = parseJson(output, command) ?? {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FrrOutputError(`"${command}" has not printed an object`);
  }
  return Object.fromEntries(Object.entries(value));
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** Whether two notations denote the same prefix. */
export function isSamePrefix(one: string, other: string): boolean {
  const [a = '', lengthA] = one.split('/');
  const [b = '', lengthB] = other.split('/');
  return lengthA === lengthB && canonicalAddress(a) === canonicalAddress(b);
}

/** Canonical form of an address, for comparison; without a zone. */
export function canonicalAddress(address: string): string {
  const [plain = ''] = address.split('%');
  const family = isIP(plain);
  if (family === 0) return plain;
  return new SocketAddress({ address: plain, family: family === 6 ? 'ipv6' : 'ipv4' }).address;
}
