import { describe, expect, it } from 'vitest';
import { formatHostAndPort, parseHostAndPort } from '../../../src/drills/probe/host-and-port.ts';

describe('the place of a probe', () => {
  it.each(['[2001:db8::5]:7008', '[fe80::1%eth0]:7008', '192.0.2.5:7008', 'probe.example:65535'])('is %s', (text) => {
    const place = parseHostAndPort(text);
    expect(place).toBeDefined();
    expect(place && formatHostAndPort(place)).toBe(text);
  });

  it('is not an address without brackets, whose port nobody can tell', () => {
    expect(parseHostAndPort('2001:db8::5:7008')).toBeUndefined();
  });
});
