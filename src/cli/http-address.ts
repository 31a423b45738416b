import { InvalidArgumentError } from 'commander';
import { HTTP_ADDRESS_FORM, type HttpAddress, parseHttpAddress } from '../cluster/http-address.ts';

/** @throws InvalidArgumentError */
export function readHttpAddress(text: string): HttpAddress {
  const address = parseHttpAddress(text);
  if (address === undefined) throw new InvalidArgumentError(`${HTTP_ADDRESS_FORM} is wanted`);
  return address;
}
