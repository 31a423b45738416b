import type { BfdPeer } from './bfd-peers.ts';

/* Diagnostics of RFC 5880, section 4.1, as bfdd names them. */
const OK = 'ok';
const EXPIRED = 'control detection time expired';
const SIGNALED = 'neighbor signaled session down';
const SHUT = 'administratively down';

/**
 * Why a session is not up, and which side found that: FRR shows the diagnostic of this node, and the last one that it
 * has received from the router. Pure.
 */
export function whyBfdIsDown({
  diagnostic = OK,
  remoteDiagnostic = OK,
}: Pick<BfdPeer, 'diagnostic' | 'remoteDiagnostic'>): string {
  const remote = `diagnostic of the router: ${remoteDiagnostic}`;
  if (diagnostic === EXPIRED) {
    const both = remoteDiagnostic === EXPIRED ? ', and the router none from this node' : '';
    return `this node received no BFD packet from the router within the detection time${both} (diagnostic: ${EXPIRED}; ${remote})`;
  }
  if (diagnostic === SIGNALED) return `${signaledBy(remoteDiagnostic)} (diagnostic: ${SIGNALED}; ${remote})`;
  if (diagnostic === OK) return 'the router does not answer BFD';
  return `the router does not answer BFD (diagnostic: ${diagnostic}; ${remote})`;
}

function signaledBy(diagnostic: string): string {
  if (diagnostic === EXPIRED) return 'the router received no BFD packet from this node within its detection time';
  return diagnostic === SHUT ? 'the router shut the BFD session down' : 'the router signaled the BFD session down';
}
