/*
 * The templates of the NAT log in IPFIX. Information elements from the IANA registry, by number and length in bytes, in
 * the order of a record. RFC 8158 section 4.6 defines the elements of each event.
 */

/** An element of the registry: number and length; the maximum length means variable (RFC 7011 section 7). */
export type Element = readonly [id: number, length: number];

export const VARIABLE = 0xffff;

const TIME: Element = [323, 8]; // observationTimeMilliseconds
const NAT_EVENT: Element = [230, 1];
const NAT_INSTANCE: Element = [463, 4];
const CLIENT: Element = [27, 16]; // sourceIPv6Address
const POOL4: Element = [225, 4]; // postNATSourceIPv4Address
const PROTOCOL: Element = [4, 1];
const CLIENT_PORT: Element = [7, 2]; // sourceTransportPort
const POOL4_PORT: Element = [227, 2]; // postNAPTSourceTransportPort

export interface Template {
  readonly id: number;
  readonly elements: readonly Element[];
  /** Bytes of a record. */
  readonly size: number;
}

function template(id: number, elements: readonly Element[]): Template {
  return { id, elements, size: elements.reduce((sum, [, length]) => sum + length, 0) };
}

/** A mapping: the BIB entry's, or a session's without its destination (sections 4.6.2 and 4.6.4). */
export const MAPPING = template(256, [TIME, NAT_EVENT, NAT_INSTANCE, CLIENT, POOL4, PROTOCOL, CLIENT_PORT, POOL4_PORT]);

/** A session with its destination (section 4.6.2). */
export const SESSION = template(257, [
  ...MAPPING.elements,
  [226, 4], // postNATDestinationIPv4Address
  [228, 2], // postNAPTDestinationTransportPort
]);

/** A block of ports (section 4.6.12). */
export const BLOCK = template(258, [
  TIME,
  NAT_EVENT,
  NAT_INSTANCE,
  CLIENT,
  POOL4,
  [361, 2], // portRangeStart
  [362, 2], // portRangeEnd
]);

/** Ports exhausted (section 4.6.6). */
export const EXHAUSTED = template(259, [TIME, NAT_EVENT, NAT_INSTANCE, POOL4, PROTOCOL]);

/** Maximum entries per user exceeded (section 4.6.7.3). */
export const USER_QUOTA = template(260, [
  TIME,
  NAT_EVENT,
  NAT_INSTANCE,
  [466, 4], // natQuotaExceededEvent
  [473, 4], // maxEntriesPerUser
  CLIENT,
]);

/** Maximum session entries exceeded (section 4.6.7.1). */
export const SESSION_QUOTA = template(261, [
  TIME,
  NAT_EVENT,
  NAT_INSTANCE,
  [466, 4], // natQuotaExceededEvent
  [471, 4], // maxSessionEntries
]);

/** A pool watermark was reached (section 4.6.8.1); the pool is identified by its first address. */
export const POOL_HIGH = template(262, [
  TIME,
  NAT_EVENT,
  NAT_INSTANCE,
  [467, 4], // natThresholdEvent
  [283, 4], // natPoolId
  [476, 4], // addressPoolHighThreshold
]);
export const POOL_LOW = template(263, [
  TIME,
  NAT_EVENT,
  NAT_INSTANCE,
  [467, 4], // natThresholdEvent
  [283, 4], // natPoolId
  [477, 4], // addressPoolLowThreshold
]);

export const TEMPLATES = [MAPPING, SESSION, BLOCK, EXHAUSTED, USER_QUOTA, SESSION_QUOTA, POOL_HIGH, POOL_LOW] as const;

/** Name of the exporter (cluster, node and epoch) for an observation domain, in an options record. */
export const DOMAIN_NAMES = {
  id: 264,
  scope: [149, 4] as Element, // observationDomainId
  name: [300, VARIABLE] as Element, // observationDomainName
};

/**
 * Records not sent since the agent started (RFC 7011 section 4.3), as options; without packet and octet counts, which
 * logged events do not have.
 */
export const NOT_SENT = template(265, [
  [144, 4], // exportingProcessId, the scope
  [166, 8], // notSentFlowTotalCount
]);

/** natEvent (section 4.3). */
export const NatEventValue = {
  nat64SessionCreate: 6,
  nat64SessionDelete: 7,
  nat64BibCreate: 10,
  nat64BibDelete: 11,
  portsExhausted: 12,
  quotaExceeded: 13,
  blockAllocated: 16,
  blockReleased: 17,
  thresholdReached: 18,
} as const;

/** natQuotaExceededEvent (section 4.4) and natThresholdEvent (section 4.5). */
export const QUOTA_SESSIONS = 1;
export const QUOTA_PER_USER = 3;
export const THRESHOLD_POOL_HIGH = 1;
export const THRESHOLD_POOL_LOW = 2;

const TEMPLATE_SET = 2;
const OPTIONS_TEMPLATE_SET = 3;
const SET_HEADER = 4;

/** The sets with all templates and the exporter's name. */
export function templateSets(domain: number, name: string): Buffer {
  const templates = TEMPLATES.flatMap(({ id, elements }) => [[id, elements.length], ...elements].flat());
  const { id, scope, name: named } = DOMAIN_NAMES;
  const text = Buffer.from(name, 'utf8').subarray(0, 254);
  const record = Buffer.alloc(scope[1] + 1 + text.length);
  record.writeUInt32BE(domain);
  record.writeUInt8(text.length, scope[1]);
  text.copy(record, scope[1] + 1);
  return Buffer.concat([
    set(TEMPLATE_SET, words(templates)),
    set(OPTIONS_TEMPLATE_SET, words([id, 2, 1, ...scope, ...named, NOT_SENT.id, 2, 1, ...NOT_SENT.elements.flat()])),
    set(id, record),
  ]);
}

function words(numbers: readonly number[]): Buffer {
  const out = Buffer.alloc(numbers.length * 2);
  for (const [index, number] of numbers.entries()) out.writeUInt16BE(number, index * 2);
  return out;
}

function set(id: number, content: Buffer): Buffer {
  return Buffer.concat([words([id, SET_HEADER + content.length]), content]);
}
