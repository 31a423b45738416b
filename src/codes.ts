/*
 * Every code that a problem, an event or an error carries beside its sentence. A code is stable: programs match it, and
 * docs/codes.md is written from this list. To add one, add its entry here and use it; a test finds codes that nothing
 * uses. This file imports nothing, and every layer may import it.
 */
interface CodeEntry {
  /** Of an event with this code; a problem is `degraded`, or `notServing` where no node serves. */
  readonly severity: 'info' | 'warning' | 'error';
  readonly meaning: string;
  /** What the operator does about it; empty: nothing. */
  readonly action: string;
}

const info = (meaning: string, action = ''): CodeEntry => ({ severity: 'info', meaning, action });
const warning = (meaning: string, action: string): CodeEntry => ({ severity: 'warning', meaning, action });
const error = (meaning: string, action: string): CodeEntry => ({ severity: 'error', meaning, action });

export const CODES = {
  // nodes
  'node-starting': info('the agent has started; its parts and checks are coming up'),
  'agent-ended-unexpectedly': error('the run before was not stopped: crash, kill or loss of power', 'read its log'),
  'node-syncing': info('the node waits for the sessions of the other nodes before it announces'),
  'node-active': info('the node announces and serves'),
  'node-draining': info('the node attracts no new traffic and waits until the traffic has left'),
  'node-withdrawn': info('the node is withdrawn: drained by the operator, or its agent is stopping', 'undrain it'),
  'node-failed': error('a check with effect `withdraw` fails; the node is withdrawn', 'read the reason and the checks'),
  'node-drained': info('the operator drained the node'),
  'node-undrained': info('the operator undrained the node'),
  'node-paused': info(
    'the operator paused the node: its checks withdraw and restore nothing, and it takes no slice',
    '`isthmus resume` when the work is done',
  ),
  'node-resumed': info('the node follows its checks again'),
  'not-paused': info('the node is not paused'),
  'pause-not-stored': error(
    'the pause, or its end, is in force but not stored; a restart forgets it',
    'free space; check the state directory',
  ),
  'sessions-ended': info('the operator ended sessions'),
  'sessions-outside-pool': warning(
    'sessions are on addresses that are no longer in pool4: routers may no longer send their answers here',
    '`isthmus sessions end --outside-pool4`; their clients then get an address of pool4',
  ),
  'sessions-foreign': warning(
    'of the sessions that the operator wanted to end, some are owned by other nodes and continue',
    'end them on the node that owns them: --node, or --all',
  ),
  'node-state-unknown': info('the state of the node is not known: this node has not received it'),
  'node-step-failed': error(
    'a step of starting or stopping the node failed',
    'read the reason and the log of the agent',
  ),
  'agent-iteration-failed': error('an iteration of the main loop of the agent threw', 'report it, with the log'),

  // peers and replication
  'peer-up': info('heartbeats of the node arrive'),
  'peer-down': error('heartbeats of the node no longer arrive', 'check the node, then the links'),
  'peer-restarted': warning('the node runs with a new epoch', 'read its events for the reason'),
  'peer-never-seen': warning(
    'no heartbeat of the node has arrived since this agent started',
    'start it; check the links',
  ),
  'peer-one-way': warning(
    'one-way: frames of the node arrive, but it does not acknowledge ours',
    'check the direction to that node: cabling, multicast filters, firewall',
  ),
  'peer-acknowledges': info('the node acknowledges our frames'),
  'sessions-taken-over': info('this node now owns the sessions of a node that is gone'),
  'sessions-handed-back': info('sessions that this node had taken over are owned again by the node that they are of'),
  'sessions-adopted': info('this node now owns sessions that Jool had made'),
  'adoption-listening': warning(
    'the instance takes over sessions of a Jool, whose datagrams are not authenticated',
    '`isthmus joold done` when the traffic has moved; then remove `adopt` from the cluster file',
  ),
  'adoption-unable': warning(
    'the instance cannot join the group on which Jool sends its sessions',
    'check interface and group of `adopt`',
  ),
  'adoption-ended': info('the instance takes over no more sessions of a Jool'),
  'export-unable': warning('the sessions are not sent to a standby Jool', 'check interface and group of `export`'),
  'export-advertised': info('all sessions of this node are sent to a standby Jool'),
  'replica-unknown': info('the digest of the replica has not been compared yet'),
  'replica-in-sync': info('the replica agrees with its owner (same digest)'),
  'replica-drift': error(
    'the replica differs from its owner (digest mismatch); the node requests a snapshot',
    'nothing, unless it lasts: then compare the configuration of both nodes',
  ),
  'configuration-match': info('both nodes run the same configuration'),
  'configuration-mismatch': warning('two nodes run different configurations', 'copy the cluster file, then reload'),
  'slot-unique': info('no other node uses the slot of this node any more'),
  'slot-duplicate': warning(
    'a node that started later uses the same slot; its frames are rejected',
    'stop the other agent, or give it a name of its own in the cluster file',
  ),
  'slot-refused': error(
    'the other nodes reject this node: another one uses its slot, or they know a later epoch',
    'stop one of the two agents; after a clock that was set back, start the agent again',
  ),

  // links
  'link-unknown': info('no peer is alive to judge the link by'),
  'link-ok': info('the link delivers the frames of every peer'),
  'link-lossy': warning('the link delivers less than nine tenths of the frames of a peer', 'check the link for errors'),
  'link-silent': warning('the link delivers no frame of a peer that is alive', 'check cabling and switch of the link'),
  'link-narrow': warning(
    'frames of a peer that fill the MTU of the link do not arrive; replication sends shorter ones',
    'set the MTU of both ends to that of the path; correct the switch between them',
  ),
  'link-missing': warning(
    'the interface of the link is missing, or cannot be used; it is opened when it can',
    'bring the interface back; replication continues over the other links',
  ),
  'link-connected': info('the gRPC stream to the peer is open'),
  'link-disconnected': warning('the gRPC stream to the peer is closed; it is opened again', 'read the reason'),
  'link-small-buffer': warning('the receive buffer of the link is smaller than asked for', 'raise net.core.rmem_max'),
  'connection-refused': warning('a gRPC connection was refused', 'read the reason: certificate, cluster or node name'),

  // slices
  'slices-changed': info('the node allocates ports from the slices of other slots than before'),
  'slices-fenced': warning(
    'the node allocates no ports for new mappings: etcd has not confirmed it, and no other node acknowledges it',
    'restore etcd or a link; if no other node works: `isthmus pool take` with its own slot',
  ),
  'slices-not-changed': error('the slices could not be changed; the agent tries again', 'read the reason'),
  'slice-taken': info('the node allocates ports from the slice of a node that is gone'),
  'slice-refused': error('the slice was not taken', 'read the reason'),

  // instances
  'instance-running': info('the workers of the instance run'),
  'instance-stopped': error('the workers of the instance are stopped', 'read the reason'),
  'instance-failed': error(
    'a worker of the instance ended; the agent ends and is started again',
    'report it, with the log',
  ),
  'instance-repaired': warning(
    'the TUN or a route of the instance was missing and is restored',
    'find what removed it',
  ),
  'steering-unavailable': warning(
    'kernel queue steering is unavailable; packets are redistributed in user space (slower, still correct)',
    'load a kernel with TUN steering by eBPF, or set `shards: 1`',
  ),
  'fast-path-off': warning('the fast path is off; every packet takes the slow path', 'read the reason'),
  'shards-exceed-cpus': warning('the instance has more shards than the machine has CPUs', 'lower `shards`'),
  'pool-exhausted': warning(
    'packets were dropped: no free port in pool4',
    'see who has them with `isthmus top clients --sort ports`; enlarge `pool4`, or limit ports per client',
  ),
  'pool-available': info('no packet was dropped for a minute because no port or no place in a table was free'),
  'client-limit-ended': info('no packet was dropped because of the limit of a client for a minute'),
  'client-limit-reached': warning('packets of a client were dropped: it reached its limit', 'check that client'),
  'pool-high': warning(
    'the ports in use of a pool4 entry reached the high watermark',
    'see who has them with `isthmus top clients --sort ports`; add addresses to pool4',
  ),
  'pool-low': info('the ports in use of a pool4 entry are back at the low watermark'),
  'nat-log-lost': error(
    'a sink of the NAT log fails or loses lines',
    'read the reason: free space, permissions, or the collector and the network to it',
  ),
  'nat-log-restored': info('the sink of the NAT log works again and loses nothing'),
  'notify-failing': warning(
    'events do not reach a target of `notify`: an attempt failed, or events were lost',
    'read the reason; test the command or the server by hand',
  ),
  'notify-restored': info('events reach the target of `notify` again'),
  'nat-log-trimmed': warning(
    'files of the NAT log were removed before their retention, because all together were too large',
    'raise maxSize of the sink, or lower retentionDays',
  ),
  'nat-log-unfinished': warning(
    'a closed file of the NAT log could not be indexed or compressed; it stays as it is',
    'read the reason; the next start of the agent tries again',
  ),
  'events-lost': error('events could not be written to disk', 'free space; check the state directory'),
  'events-restored': info('events are written to disk again'),
  'events-unreadable': warning('events of earlier runs cannot be read', 'check events.jsonl in the state directory'),
  'log-lost': error(
    'lines of the log were lost: standard output cannot be written',
    'check journald or the log reader',
  ),
  'log-restored': info('the log is written again'),
  'disk-stalled': error('the disk of the state directory does not take writes', 'check the disk; `dmesg`'),
  'http-endpoint-failed': warning(
    'the HTTP endpoint does not work',
    'read the reason: free the port, correct the address or the files of `http`',
  ),
  'epoch-not-stored': error('the epoch of this node is not stored on disk', 'check the state directory'),
  'drain-not-stored': error('the drain is in force, but is not stored for a restart', 'check the state directory'),
  'table-retained': info('the sessions were written to disk for the next start'),
  'table-restored': info('the sessions of the previous run were restored'),
  'table-not-retained': warning('the sessions could not be written to disk', 'free space; check permissions'),
  'table-not-restored': warning('the stored sessions cannot be used', 'nothing: clients open their sessions again'),

  // announcements and FRR
  'upstream-announced': info('FRR announces the node to the upstream'),
  'upstream-withdrawn': info('FRR does not announce the node to the upstream'),
  'frr-unreachable': warning('an FRR daemon does not answer on its VTY socket', 'check that zebra, bfdd and bgpd run'),
  'frr-daemon-ended': error(
    'an FRR daemon ended by itself under a command; the same is not sent to it again for a while',
    'look for its crash in the journal; update FRR',
  ),
  'announcement-missing': warning('FRR does not announce the node, although it should', 'read the detail; check FRR'),
  'announcement-ineffective': warning(
    'the node is announced, but the session with the router is not up, or nothing is advertised',
    'check BFD or BGP on the router',
  ),
  'announcement-repaired': warning(
    'FRR had lost the announcement or showed one too many; repaired',
    'find what changed FRR',
  ),
  'announcement-failed': error('the announcement could not be verified in FRR', 'read the reason; check FRR'),
  'announcement-verified': info('FRR shows the announcements as wanted again'),
  'frr-answers': info('the FRR daemon answers again'),
  'session-up': info('the BFD or BGP session with the router is up'),
  'session-down': warning('the BFD or BGP session with the router is down', 'check the link and the router'),
  'upstreams-lost': error(
    'the node is announced, and no upstream has a BFD or BGP session with it: no traffic arrives',
    'check the links to the routers, and BFD and BGP there',
  ),
  'upstreams-returned': info('an upstream has a BFD or BGP session with the node again'),
  'guard-withdrew': error('the guard withdrew the node: its agent hung, was silent or had ended', 'read the reason'),
  'withdrawal-ineffective': error(
    'the node is withdrawn, but packets for it still arrive from the upstream',
    'remove its routes on the router; the node continues to translate and tries stronger methods',
  ),
  'relay-started': warning(
    'a translator of this node has failed and packets still arrive: they are forwarded to a node that serves',
    'find why the translator failed, and why the router still sends here',
  ),
  'relay-ended': info('packets are no longer forwarded to another node; the reason says how many were'),
  'relay-unable': warning(
    'the device by which packets are forwarded to another node, or taken from it, cannot be opened',
    'read the reason',
  ),
  'withdrawal-unverified': error(
    'FRR still announces the node, or packets for it still arrive, although it should be withdrawn',
    'withdraw by hand: `isthmus withdraw`, or shut the session on the router',
  ),

  // checks
  'check-passed': info('the check passes again'),
  'check-failed': warning('a health check fails', 'read its text'),
  'check-unknown': warning(
    'the result of a health check is unknown: an error of its own, or a machine too busy to run it; the last known result stays in force',
    'read its text',
  ),
  'node-released': info('the operator ended the time that the node stays out after it has failed'),
  'not-held': error('the node is not held out after a failure, so there is nothing to release', 'read its state'),

  // requests of the operator
  'configuration-applied': info('the configuration was applied'),
  'configuration-applicable': info('a reload would apply the configuration'),
  'configuration-unchanged': info('the configuration file has not changed'),
  'configuration-rejected': error(
    'the configuration could not be applied; the running one is unchanged',
    'read the reasons',
  ),
  'configuration-invalid': error('a configuration file has errors', 'fix each location that the message names'),
  'import-invalid': error(
    'the configuration of another translator cannot be read, or cannot be imported as it is',
    'follow the message, at the location that it names',
  ),
  'restart-required': error(
    'the change needs a restart of the agent; nothing was changed',
    'restart one node at a time',
  ),
  'drain-refused': error('another node is draining or withdrawn, or no other node is active', 'wait, or use `--force`'),
  'drain-cancelled': error('the node was undrained while it was draining', 'drain it again if that was not meant'),
  'sessions-unconfirmed': error(
    'the node is drained, but not every live node has confirmed that it holds the sessions',
    'check the replicas in `isthmus status` before the node is switched off',
  ),
  'withdrawal-proven': info('a test withdrew one upstream for some seconds, and its packets stopped'),
  'withdrawal-test-refused': error(
    'a withdrawal cannot be tested now: that would be an outage, or nothing could be measured',
    'follow the message, then test again',
  ),
  'not-drained': error('the node is not drained, so there is nothing to undo', 'read its state in `isthmus status`'),

  // findings of `isthmus doctor`
  'not-examined': info('a check of `isthmus doctor` could not be carried out: neither good nor bad'),
  'kernel-feature-missing': warning('the kernel lacks what the data plane uses', 'update the kernel; load the module'),
  'fast-path-left': warning(
    'a fast path has outlived its worker at an interface (kernels without TCX): it translates nothing any more',
    '`isthmus doctor --fix`, or start the agent',
  ),
  'filter-bypassed': warning(
    'packets in the fast path do not pass a chain of nftables that may refuse some of them',
    'set `fastPath` to auto or off if they must pass it',
  ),
  'forwarding-off': error(
    'the kernel of the data plane forwards no packets',
    'sysctl net.ipv4.ip_forward=1, net.ipv6.conf.all.forwarding=1',
  ),
  'reverse-path-filter': warning(
    'strict reverse path filtering drops IPv4 packets on asymmetric routes',
    'set rp_filter to 2 (loose) or 0',
  ),
  'default-route-expires': warning(
    'the IPv6 default route comes from router advertisements that are no longer taken',
    'set accept_ra to 2 on that interface, or configure the route',
  ),
  'default-route-missing': error('the data plane has no default route', 'add one in the namespace of the instance'),
  'next-hop-unreachable': error(
    'the next hop of a default route has no carrier or no link-layer address',
    'check address of the router, VLAN and cabling',
  ),
  'frr-wrong-namespace': error(
    'an FRR daemon runs in another network namespace than its routers',
    'set watchfrr_options="--netns" in the daemons file of the pathspace; restart FRR',
  ),
  'watchfrr-missing': warning('an FRR daemon that ends is not started again', 'start FRR by its service'),
  'router-session-down': error('BFD or BGP with a router is not up', 'configure this node on the router'),
  'machine-mismatch': error('the cluster file names what this machine does not have', 'correct one of the two'),
  'packets-filtered': error('rules of nftables drop packets that the node needs', 'accept them in the chain named'),
  'packets-rewritten': warning('rules of nftables rewrite addresses in the data plane', 'except pool4 and pool6'),
  'other-translator': warning('another NAT64 runs on the machine', 'stop it'),
  'state-directory-full': error('the file system of the state directory is full', 'free space'),
  'pool-address-elsewhere': error(
    'another machine answers ARP for an address of pool4',
    'take the address from it, or other addresses for pool4',
  ),
  'resolver-prefix-mismatch': error('a resolver makes no addresses behind pool6', 'give it the same prefix'),
  'offload-unsuitable': warning(
    'an offload of a data interface loses or slows down what is translated',
    '`ethtool -K` as the finding says; `isthmus doctor --fix`',
  ),
  'clock-skew': warning(
    'the time of day of another node differs from that of this one',
    'run an NTP client on both nodes',
  ),
  'target-unreachable': error('a target does not answer through the translator', 'follow the remedy of the finding'),

  // errors of commands and of the agent's start
  'agent-not-running': error('no agent answers on the control socket', 'start it, or name it with `--node`'),
  'agent-already-running': error('another agent runs as this node', 'stop it first'),
  'request-invalid': error('the request names something that does not exist or is malformed', 'correct the argument'),
  'not-allowed': error(
    'the user may not do that, or not read that',
    'join the group isthmus to read, isthmus-admin to change things too, or be root',
  ),
  'node-unreachable': error(
    'the other node does not answer requests: it is down, was restarted, or runs an older release',
    'check it in `isthmus status`; ask on that node itself',
  ),
  'node-busy': warning('too many requests to the node, or from it, are under way', 'try again'),
  'reply-too-large': error('the answer of another node is too long', 'ask for less, or ask on that node'),
  'command-requested': info('an operator gave the node a command that changes something; the reason says who'),
  'drill-begun': info('an operator runs a drill; everything that it changes is undone when it ends'),
  'drill-step': info('a drill changed something on the node, on purpose'),
  'drill-step-failed': warning(
    'a step of a drill, or its undoing, failed',
    'read the reason; compare `isthmus status`',
  ),
  'drill-ended': info('a drill is over; the reason says what was undone'),
  'drill-refused': error('the drill must not run now', 'read the reason; `isthmus drill plan` shows every condition'),
  'request-failed': error('the agent could not carry out the request', 'read the message and the log of the agent'),
  'start-failed': error('the node could not be started', 'read the reason'),
  'capture-invalid': error('the file is no capture, or it is damaged', 'give a pcap or pcapng file'),
  'file-unusable': error(
    'a file cannot be read or written, or is not what it should be',
    'correct path or permissions',
  ),
  'secret-unusable': error(
    'the replication secret cannot be used',
    'copy it from another node; on the first: `isthmus config init-secret`',
  ),
  'link-unusable': error('a link cannot be opened', 'check its name and that the interface is there'),
  'frr-refused': error('FRR refused a command, or its output is not understood', 'read the message; check its version'),
  'upstream-invalid': error('the configuration of an upstream cannot be implemented', 'correct it in the cluster file'),
  'gate-unavailable': warning(
    'the kernel cannot stop BFD and BGP packets to the peers; FRR and the guard withdraw alone',
    'read the reason: the interface, the rights of the agent; or set gate: off',
  ),
  'coordinator-unreachable': error('etcd does not answer', 'check etcd; translation and failover continue without it'),
  'worker-failed': error('a worker thread ended or refused its options', 'report it, with the log'),
  'network-record-invalid': error(
    'the record of what an earlier run set up is damaged',
    'remove the file that it names',
  ),
  'namespace-unusable': error('a network namespace cannot be entered', 'check that it exists: `ip netns`'),
  'system-command-failed': error('a system command or call failed', 'read its message'),
  'fast-path-unavailable': error('the kernel refused the eBPF program', 'read the reason; the slow path continues'),
} as const satisfies Readonly<Record<string, CodeEntry>>;

export type Code = keyof typeof CODES;

/** @returns the code that an error carries, or `other` where it carries none of this list */
export function codeOf(caught: unknown, other: Code): Code {
  const name = caught instanceof Error && 'code' in caught ? caught.code : undefined;
  return isCode(name) ? name : other;
}

/** @returns whether it is a code of this list; one of a later release is not */
export function isCode(name: unknown): name is Code {
  return typeof name === 'string' && Object.hasOwn(CODES, name);
}
