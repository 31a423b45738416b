import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { whyBfdIsDown } from '../../../src/frr/bfd-diagnostics.ts';
import { parseBfdPeers } from '../../../src/frr/bfd-peers.ts';

const EXPIRED = 'control detection time expired';
const SIGNALED = 'neighbor signaled session down';

it.each([
  [undefined, undefined, 'the router does not answer BFD'],
  ['ok', 'ok', 'the router does not answer BFD'],
  [EXPIRED, 'ok', /^this node received no BFD packet from the router within the detection time \(/],
  // The router has sent a packet with that, and then for longer than the detection time none.
  [EXPIRED, EXPIRED, /^the router received no BFD packet from this node within its detection time \(/],
  [EXPIRED, SIGNALED, /^this node received no BFD packet from the router within the detection time \(/],
  [SIGNALED, EXPIRED, /^the router received no BFD packet from this node within its detection time \(/],
  [SIGNALED, 'administratively down', /^the router shut the BFD session down \(/],
  [SIGNALED, 'ok', /^the router signaled the BFD session down \(/],
  ['path down', 'ok', 'the router does not answer BFD (diagnostic: path down; diagnostic of the router: ok)'],
])('BFD is down with the diagnostics %s here and %s of the router', (diagnostic, remoteDiagnostic, expected) => {
  expect(whyBfdIsDown({ diagnostic, remoteDiagnostic })).toMatch(expected);
});

it('names both diagnostics as FRR does', () => {
  const sample = readFileSync(new URL('samples/frr-8.4/bfd-peers-down.json', import.meta.url), 'utf8');
  const [peer] = parseBfdPeers(
    sample.replace(`"remote-diagnostic": "${SIGNALED}"`, `"remote-diagnostic": "${EXPIRED}"`),
  );
  expect(whyBfdIsDown(peer ?? {})).toBe(
    'the router received no BFD packet from this node within its detection time ' +
      `(diagnostic: ${SIGNALED}; diagnostic of the router: ${EXPIRED})`,
  );
});
