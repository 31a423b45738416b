import { describe, expect, it } from 'vitest';
import { advertisedQuestions, isStillAdvertised, stillAdvertised } from '../../../src/frr/advertised-routes.ts';

const SHOWN = '{"bgpTableVersion":4,"advertisedRoutes":{"64:ff9b::/97":{"weight":32768},"64:ff9b::8000:0/97":{}}}';
const question = (...prefixes: string[]) => ({ command: 'show bgp … json', prefixes });

describe('what a neighbour has been told', () => {
  it('is of interest where it is ours, however it is spelled', () => {
    expect(stillAdvertised(SHOWN, question('64:ff9b::128.0.0.0/97', '11.64.0.0/29'))).toEqual([
      '64:ff9b::128.0.0.0/97',
    ]);
    expect(stillAdvertised(SHOWN, question('64:ff9b::/96'))).toEqual([]);
    expect(stillAdvertised('{}', question('64:ff9b::/97'))).toEqual([]);
    expect(stillAdvertised('', question('64:ff9b::/97'))).toEqual([]);
    expect(stillAdvertised('{"advertisedRoutes":null}', question('64:ff9b::/97'))).toEqual([]);
  });

  it.each(['[1]', '7', '% Unknown command'])('is refused where it cannot be understood: %s', (output) => {
    expect(() => stillAdvertised(output, question('64:ff9b::/97'))).toThrow('"show bgp … json" has not printed');
  });

  it('is asked of each neighbour by its families, but not where a whole table would come', () => {
    const v6 = { family: 'ipv6', advertised: 1000 } as const;
    const neighbors = [
      { peer: '10.0.0.1', families: [{ family: 'ipv4', advertised: 0 } as const, v6] },
      { peer: '10.0.0.9', families: [{ family: 'ipv4', advertised: 1001 } as const] },
    ];
    expect(advertisedQuestions(neighbors, ['64:ff9b::/96', '11.64.0.0/29'], 'blue')).toEqual([
      {
        command: 'show bgp vrf blue ipv4 unicast neighbors 10.0.0.1 advertised-routes json',
        prefixes: ['11.64.0.0/29'],
      },
      {
        command: 'show bgp vrf blue ipv6 unicast neighbors 10.0.0.1 advertised-routes json',
        prefixes: ['64:ff9b::/96'],
      },
    ]);
    expect(advertisedQuestions(neighbors, ['64:ff9b::/96'], undefined)).toEqual([
      { command: 'show bgp ipv6 unicast neighbors 10.0.0.1 advertised-routes json', prefixes: ['64:ff9b::/96'] },
    ]);
  });

  it('is still told when one answer holds one of the prefixes', async () => {
    const show = async (command: string): Promise<string> => (command === 'second' ? SHOWN : '{}');
    const of = (command: string) => ({ command, prefixes: ['64:ff9b::/97'] });
    expect(await isStillAdvertised([of('first'), of('second')], show)).toBe(true);
    expect(await isStillAdvertised([of('first'), of('third')], show)).toBe(false);
    expect(await isStillAdvertised([], show)).toBe(false);
  });
});
