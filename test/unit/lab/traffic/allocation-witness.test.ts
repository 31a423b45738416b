import { describe, expect, it } from 'vitest';
import { AllocationWitness } from '../../../../src/lab/traffic/allocation-witness.ts';

function witness(): { witness: AllocationWitness; wait: (ms: number) => void } {
  let now = 0;
  return { witness: new AllocationWitness(() => now), wait: (ms) => void (now += ms) };
}

describe('AllocationWitness', () => {
  it('sees nothing wrong when each client keeps its port', () => {
    const { witness: server } = witness();
    for (let round = 0; round < 3; round++) {
      server.saw('udp', '11.64.0.1', 2000, `${round} 2001:db8::1/4000\n`);
      server.saw('udp', '11.64.0.1', 2001, `${round} 2001:db8::2/4000\n`);
      server.saw('tcp', '11.64.0.1', 2000, `${round} 2001:db8::2/4000\n`);
    }
    expect(server.summary()).toEqual({ seen: 3, doubles: [] });
    expect(server.passedOn).toBe(0);
  });

  it('catches two clients behind one address, port and protocol', () => {
    const { witness: server, wait } = witness();
    server.saw('udp', '11.64.0.1', 2000, '1 2001:db8::1/4000\n');
    wait(500);
    server.saw('udp', '11.64.0.1', 2000, '1 2001:db8::2/4000\n');
    expect(server.passedOn).toBe(1);
    expect(server.summary().doubles).toEqual([
      "udp 11.64.0.1:2000 was 2001:db8::1/4000's and, 500 ms later, 2001:db8::2/4000's",
    ]);
  });

  it('allows a port to change hands after it has been quiet for long', () => {
    const { witness: server, wait } = witness();
    server.saw('udp', '11.64.0.1', 2000, '1 2001:db8::1/4000\n');
    wait(60_000);
    server.saw('udp', '11.64.0.1', 2000, '1 2001:db8::2/4000\n');
    expect(server.summary().doubles).toEqual([]);
  });

  it('ignores messages that do not name their sender', () => {
    const { witness: server } = witness();
    server.saw('udp', '11.64.0.1', 2000, 'hello');
    server.saw('udp', '11.64.0.1', 2000, '');
    expect(server.summary()).toEqual({ seen: 0, doubles: [] });
  });
});
