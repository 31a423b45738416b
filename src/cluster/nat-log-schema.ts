import { z } from 'zod';
import { address, described, filePath, name, port, someTime } from './values.ts';

/**
 * The section `natLog` of the cluster file: destinations of the NAT log. What is recorded is configured per instance.
 */

const queue = z
  .number()
  .int()
  .min(1)
  .max(1024)
  .default(32)
  .meta(described('Maximum size of what waits for a slow destination; further lines are lost and counted', 'MiB'));

/** A group that owns files; names as useradd(8) takes them. */
const group = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, {
  error: ({ input }) => `${JSON.stringify(input)} cannot be a group; write the name of one, such as adm`,
});

const file = z.strictObject({
  kind: z.literal('file').describe('Files of JSON lines on this node, which `isthmus whowas` reads'),
  directory: filePath
    .optional()
    .describe('Directory of the files; each node needs one of its own. Default: NODE.nat-log.d in the state directory'),
  group: group.optional().describe('Group that may read the files (mode 0640). Default: none (mode 0600)'),
  maxFileSize: z
    .number()
    .int()
    .min(1)
    .max(4096)
    .default(256)
    .meta(described('A file that has reached this size is closed, indexed and compressed', 'MiB')),
  maxFileAge: someTime.prefault('1h').describe('The same for its age'),
  compress: z.boolean().default(true).describe('Compress closed files (gzip; zcat and zgrep read them)'),
  retentionDays: z
    .number()
    .int()
    .min(1)
    .max(3660)
    .default(30)
    .meta(described('Files whose last line is older are removed', 'days')),
  maxSize: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(20)
    .meta(described('Maximum size of all files; the oldest are removed first, and that is reported', 'GiB')),
  sync: z
    .union([z.literal('never'), someTime])
    .prefault('1s')
    .describe('How long a line may be in memory only before it is on the disk (fdatasync); never: the kernel decides'),
  queue,
});

const syslog = z.strictObject({
  kind: z.literal('syslog').describe('A syslog server (RFC 5424); each message is a JSON line'),
  server: address.describe('Address of the server'),
  port: port.min(1).optional().meta(described('Port of the server. Default: 514, with TLS 6514', 'port')),
  transport: z
    .enum(['udp', 'tcp', 'tls'])
    .default('tcp')
    .describe('UDP (RFC 5426), TCP with octet counting (RFC 6587), or TLS (RFC 5425)'),
  ca: filePath
    .optional()
    .describe('With TLS: certificates of the authority of the server, PEM. Default: those of the system'),
  serverName: z.string().min(1).optional().describe('With TLS: name in the certificate. Default: the address'),
  facility: z
    .number()
    .int()
    .min(0)
    .max(23)
    .default(16)
    .meta(described('Facility of the messages (RFC 5424 section 6.2.1); 16 is local0', 'facility')),
  queue,
});

const ipfix = z.strictObject({
  kind: z.literal('ipfix').describe('An IPFIX collector (RFC 7011, templates of RFC 8158)'),
  collector: address.describe('Address of the collector'),
  port: port.min(1).default(4739).meta(described('Port of the collector', 'port')),
  transport: z.enum(['udp', 'tcp']).default('udp').describe('UDP or TCP'),
  maxMessage: z
    .number()
    .int()
    .min(512)
    .max(65_000)
    .default(1400)
    .meta(described('Maximum size of a message over UDP', 'bytes')),
  templateInterval: someTime
    .prefault('30s')
    .describe('Over UDP the templates are sent this often (RFC 7011 section 8.4)'),
  queue,
});

export const natLog = z.strictObject({
  clients: z
    .strictObject({
      prefixLength: z
        .number()
        .int()
        .min(16)
        .max(128)
        .default(128)
        .meta(described('Bits of the client addresses that are recorded; the rest is zero', 'bits')),
      pseudonymKeyFile: filePath
        .optional()
        .describe(
          'File with a key, readable by its owner only: client addresses are replaced by keyed pseudonyms, which ' +
            '`isthmus whowas` resolves with the same key. Default: none',
        ),
    })
    .prefault({})
    .describe('How client addresses are recorded'),
  sinks: z
    .record(name, z.discriminatedUnion('kind', [file, syslog, ipfix]))
    .prefault({ file: { kind: 'file' } })
    .describe('Destinations by name, each with all lines'),
});

export type NatLogConfig = z.output<typeof natLog>;
export type SinkConfig = NatLogConfig['sinks'][string];
export type FileSinkConfig = z.output<typeof file>;
export type SyslogSinkConfig = z.output<typeof syslog>;
export type IpfixSinkConfig = z.output<typeof ipfix>;
