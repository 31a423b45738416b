import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { readHttpAddress } from '../../../src/cli/http-address.ts';

describe('the address of the HTTP endpoint', () => {
  it.each([
    ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
    ['[2001:db8::1]:80', { host: '2001:db8::1', port: 80 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
  ])('%s', (text, address) => expect(readHttpAddress(text)).toEqual(address));

  it.each(['9464', '127.0.0.1', '2001:db8::1:80', '127.0.0.1:65536', '[::1]', 'http://localhost:80'])(
    'refuses %s',
    (text) => {
      expect(() => readHttpAddress(text)).toThrow(InvalidArgumentError);
    },
  );
});
