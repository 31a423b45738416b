import { z } from 'zod';
import { described } from './values.ts';

const tableSize = z.number().int().min(16).max(16_000_000).default(1_000_000);
const perClient = z.number().int().min(0).default(0);

const percent = z.number().int().min(1).max(100);

/** Table sizes of a nat64 instance, and limits per client, network or source. */
export const limits = z.strictObject({
  sessions: tableSize.meta(described('Maximum sessions of the instance, replicas included', 'sessions')),
  bibEntries: tableSize.meta(described('Maximum BIB entries of the instance, replicas included', 'entries')),
  clientPrefixLength: z
    .number()
    .int()
    .min(1)
    .max(128)
    .default(64)
    .meta(described('Length of the IPv6 prefix that counts as one client', 'bits')),
  networkPrefixLength: z
    .number()
    .int()
    .min(1)
    .max(128)
    .default(48)
    .meta(described('Length of the IPv6 prefix that counts as one network of clients', 'bits')),
  sharePerClient: percent
    .default(25)
    .meta(
      described(
        'Maximum share of one client in the sessions, the BIB, and the ports that this node allocates from; 100: no limit',
        'percent',
      ),
    ),
  sharePerNetwork: percent.default(75).meta(described('The same for one network; 100: no limit', 'percent')),
  reserve: z
    .number()
    .int()
    .min(0)
    .max(50)
    .default(6)
    .meta(
      described(
        'Part of the same for clients that hold few; before it is used, unanswered sessions are evicted; 0: neither',
        'percent',
      ),
    ),
  sessionsFromOutsidePerClient: z
    .number()
    .int()
    .min(0)
    .default(10_000)
    .meta(described('Maximum sessions that IPv4 hosts open to one client; 0: no limit', 'sessions')),
  sessionsPerClient: perClient.meta(described('Maximum sessions of one client; 0: no limit', 'sessions')),
  portsPerClient: perClient.meta(described('Maximum BIB entries (ports) of one client; 0: no limit', 'ports')),
  newSessionsPerSecondPerClient: perClient.meta(
    described('Maximum rate of new sessions of one client; 0: no limit', 'sessions per second'),
  ),
  fragmentsHeld: z
    .number()
    .int()
    .min(0)
    .max(65_536)
    .default(1024)
    .meta(described('Maximum fragments held for their first fragment', 'fragments')),
  fragmentsHeldPerSource: z
    .number()
    .int()
    .min(0)
    .max(1024)
    .default(16)
    .meta(
      described('The same for one source (IPv6 /64, IPv4 address); four times as many for a /48, a /24', 'fragments'),
    ),
});
