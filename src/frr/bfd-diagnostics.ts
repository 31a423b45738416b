import type { BfdPeer } from './bfd-peers.ts';

/* Diagnostics of RFC 5880, section 4.1, as bfdd names them. */
const OK = 'ok';
const EXPIRED = 'control detection time expired';
const SIGNALED = 'neighbor signaled session down';
const SHUT = 'administratively down';

/**
 * Why a session is not up, and which side found that: FRR shows the diagnostic of this node, and that of the last packet
 * which has arrived from the router. That of the router counts first: it has arrived, so its packets do; and this node
 * counts a router that sends a packet in a second, as is usual while a session is down, as expired too. Pure.
 */
export function whyBfdIsDown({
  diagnostic = OK,
  remoteDiagnostic = OK,
}: Pick<BfdPeer, 'diagnostic' | 'remoteDiagnostic'>): string {
  if (diagnostic === OK && remoteDiagnostic === OK) return UNANSWERED;
  const found = FOUND_BY_ROUTER[remoteDiagnostic] ?? FOUND_HERE[diagnostic] ?? UNANSWERED;
  return `${found} (diagnostic: ${diagnostic}; diagnostic of the router: ${remoteDiagnostic})`;
}

const UNANSWERED = 'the router does not answer BFD';

const FOUND_BY_ROUTER: Readonly<Record<string, string>> = {
  [EXPIRED]: 'the router received no BFD packet from this node within its detection time',
  [SHUT]: 'the router shut the BFD session down',
};

const FOUND_HERE: Readonly<Record<string, string>> = {
  [EXPIRED]: 'this node received no BFD packet from the router within the detection time',
  [SIGNALED]: 'the router signaled the BFD session down',
};
