/**
 * A session as exchanged between nodes: 64 bytes, network byte order. `docs/replication.md` gives test vectors.
 *
 *      0       1        2         3      4      5        6           8
 *     +-------+--------+---------+------+------+--------+-----------+-----------------------------+
 *   0 | kind  | owner  | protocol| state| flags| pool6  | client    | client IPv6 address         |
 *     |       | slot   | (IANA)  |      |      | index  | port      | (16 bytes, to byte 24)      |
 *     +-------+--------+---------+------+------+--------+-----------+-----------------------------+
 * 24 | pool4 address (4) | pool4 port (2) | remote port (2) | remote IPv4 address (4)             |
 *     +-------------------+----------------+-----------------+-------------------------------------+
 * 36 | remaining lifetime, ms (4) | version (8)             | position in the owner's log (8)     |
 *     +----------------------------+-------------------------+-------------------------------------+
 * 56 | writer's slot (1) | shard (1) | reserved, zero (2) | age, s (4)                            |
 *     +--------------------------------------------------------------------------------------------+
 *
 * A MARK, SNAPSHOT_MARK, SNAPSHOT_BEGIN or SNAPSHOT_END record describes the owner's whole set, not one session: bytes
 * 8-15 the number of sessions that the owner owns, bytes 16-23 the digest of that set (two sums modulo 2^32), bytes
 * 48-55 the position in the log; all else zero. The flags of both marks: bit 0 (value 1), a session has just moved to
 * or from that set by a record of another node's log. The flags of a session: bit 0 (value 1), a host of the IPv4 side
 * has opened it; they do not change while it lives. For ICMP the ports are the query identifier (client and pool4
 * side); the remote port is zero. The age is that of the session, which no takeover changes; zero from a release that
 * does not write it.
 */
export const SESSION_RECORD_SIZE = 64;

export const RECORD_KIND = 0;
export const RECORD_OWNER = 1;
export const RECORD_PROTOCOL = 2;
export const RECORD_STATE = 3;
export const RECORD_FLAGS = 4;
export const RECORD_CLIENT_PORT = 6;
export const RECORD_CLIENT_ADDRESS = 8;
export const RECORD_POOL4_ADDRESS = 24;
export const RECORD_POOL4_PORT = 28;
export const RECORD_REMOTE_PORT = 30;
export const RECORD_REMOTE_ADDRESS = 32;
export const RECORD_LIFETIME = 36;
export const RECORD_VERSION = 40;
export const RECORD_LOG_POSITION = 48;
export const RECORD_WRITER = 56;
/** The shard whose log the record is from; written by the component that merges the logs of several shards. */
export const RECORD_SHARD = 57;
export const RECORD_AGE = 60;
export const RECORD_SET_COUNT = 8;
export const RECORD_SET_DIGEST = 16;

export const RecordKind = {
  /** The owner created the session, or took it over. */
  create: 1,
  /** Its TCP state changed. */
  update: 2,
  /** Only the lifetime changed; without it a replica's lifetime would lag. */
  refresh: 3,
  delete: 4,
  /** From a node that is not the owner, to the owner: traffic was seen here, in this TCP state. */
  hint: 5,
  /** From the owner: from now on the session belongs to the node in the owner field. */
  handOver: 6,
  /** The owner's set at this position of its log; a replica's own sum must equal it. */
  mark: 7,
  /**
   * All of the owner's sessions follow, interleaved with other records; sessions not among them by the end are not the
   * owner's.
   */
  snapshotBegin: 8,
  snapshotEnd: 9,
  /** A mark between the begin and the end of a snapshot; a reader that finds a plain `mark` there has missed the end. */
  snapshotMark: 10,
} as const;
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];

/** Flags of a session record: a host of the IPv4 side opened the session. */
export const SessionFlag = { fromOutside: 1 } as const;

/** Flags of a mark. */
export const MarkFlag = { unsettled: 1 } as const;
