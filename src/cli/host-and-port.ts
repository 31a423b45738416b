import { InvalidArgumentError } from 'commander';
import { type HostAndPort, parseHostAndPort } from '../drills/probe/host-and-port.ts';

/** @throws InvalidArgumentError */
export function readHostAndPort(text: string): HostAndPort {
  const place = parseHostAndPort(text);
  if (place === undefined) throw new InvalidArgumentError('an address and a port are wanted: [2001:db8::5]:7008');
  return place;
}
