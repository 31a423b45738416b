import { describe, expect, it } from 'vitest';
import { birdConfig, type GatewayPath } from '../../../../src/lab/routers/bird.ts';
import { bfddConfig } from '../../../../src/lab/routers/frr.ts';
import { labZone } from '../../../../src/lab/routers/unbound.ts';

const paths: GatewayPath[] = [1, 2].map((slot) => ({
  interface: `gw${slot}`,
  gateway6: `2001:db8:a${slot}::2`,
  gateway4: `11.10.${slot}.2`,
}));
const prefixes = { prefixes6: ['64:ff9b::/96'], prefixes4: ['11.64.0.0/29'] };

describe('birdConfig', () => {
  it('prefers the first gateway: one protocol for each, with falling preference', () => {
    const config = birdConfig('11.4.0.1', [{ ...prefixes, paths, mode: 'preferred' }]);
    const preferences = [...config.matchAll(/ipv6 \{ preference (\d+); \};\n\s+route 64:ff9b::\/96 via (\S+) bfd;/g)];
    expect(preferences.map(([, preference, via]) => [Number(preference), via])).toEqual([
      [200, '2001:db8:a1::2'],
      [199, '2001:db8:a2::2'],
    ]);
  });

  it('spreads over all gateways: one route with all of them', () => {
    const config = birdConfig('11.4.0.1', [{ ...prefixes, paths, mode: 'ecmp' }]);
    expect(config).toContain('route 11.64.0.0/29 via 11.10.1.2 bfd via 11.10.2.2 bfd;');
    expect(config.match(/protocol static/g)).toHaveLength(2);
  });
});

describe('bfddConfig', () => {
  it('leaves every peer shut down', () => {
    const config = bfddConfig([
      { peer: '2001:db8:a1::1', local: '2001:db8:a1::2', interface: 'up0' },
      { peer: '11.10.1.1', local: '11.10.1.2', interface: 'up0' },
    ]);
    expect(config.match(/^ peer /gm)).toHaveLength(2);
    expect(config.match(/^ {2}shutdown$/gm)).toHaveLength(2);
  });
});

describe('labZone', () => {
  it('has an A record for each name', () => {
    expect(labZone({ 'server.lab': '11.4.0.80' })).toContain('server.lab. 60 IN A 11.4.0.80\n');
  });
});
