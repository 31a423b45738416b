import { isthmus } from '../../gen/control.js';

/**
 * The schema's messages under short names: `v1.StatusReply` encodes and decodes, `StatusReply` is the complete message.
 */
export const v1 = isthmus.v1;

/**
 * A decoded message with every field, as defined by proto3: absent fields have their default. Only nested messages may
 * be absent.
 */
export type Complete<T> = T extends string | number | boolean | Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Complete<Item>[]
    : { readonly [Key in keyof T as Key extends `$${string}` ? never : Key]-?: CompleteField<NonNullable<T[Key]>> };

type CompleteField<T> = T extends string | number | boolean | Uint8Array | readonly unknown[]
  ? Complete<T>
  : Complete<T> | undefined;

export type StatusReply = Complete<isthmus.v1.StatusReply.$Properties>;
export type Problem = Complete<isthmus.v1.Problem.$Properties>;
export type NodeStatus = Complete<isthmus.v1.NodeStatus.$Properties>;
export type Traffic = Complete<isthmus.v1.Traffic.$Properties>;
export type StatsRequest = Complete<isthmus.v1.StatsRequest.$Properties>;
export type StatsReply = Complete<isthmus.v1.StatsReply.$Properties>;
export type CounterStats = Complete<isthmus.v1.CounterStats.$Properties>;
export type NodeInstance = Complete<isthmus.v1.NodeInstance.$Properties>;
export type NodeLink = Complete<isthmus.v1.NodeLink.$Properties>;
export type SessionChanges = Complete<isthmus.v1.SessionChanges.$Properties>;
export type NodeReplica = Complete<isthmus.v1.NodeReplica.$Properties>;
export type InstanceStatus = Complete<isthmus.v1.InstanceStatus.$Properties>;
export type Counter = Complete<isthmus.v1.Counter.$Properties>;
export type LinkStatus = Complete<isthmus.v1.LinkStatus.$Properties>;
export type LinkPeer = Complete<isthmus.v1.LinkPeer.$Properties>;
export type AnnouncementStatus = Complete<isthmus.v1.AnnouncementStatus.$Properties>;
export type CheckStatus = Complete<isthmus.v1.CheckStatus.$Properties>;
export type RelayStatus = Complete<isthmus.v1.RelayStatus.$Properties>;
export type NotifyTarget = Complete<isthmus.v1.NotifyTarget.$Properties>;
export type NatLogSink = Complete<isthmus.v1.NatLogSink.$Properties>;
export type ReplicationSummary = Complete<isthmus.v1.ReplicationStatus.$Properties>;
export type NodeInfo = Complete<isthmus.v1.NodeInfo.$Properties>;
export type SessionsRequest = Complete<isthmus.v1.SessionsRequest.$Properties>;
export type FollowReply = Complete<isthmus.v1.FollowReply.$Properties>;
export type FollowedSession = FollowReply['changes'][number];
export type TraceRequest = Complete<isthmus.v1.TraceRequest.$Properties>;
export type TraceReply = Complete<isthmus.v1.TraceReply.$Properties>;
export type TracedPacketMessage = TraceReply['packets'][number];
export type TracedBytesMessage = TracedPacketMessage['after'][number];
export type TopRequest = Complete<isthmus.v1.TopRequest.$Properties>;
export type TopReply = Complete<isthmus.v1.TopReply.$Properties>;
export type TopRow = Complete<isthmus.v1.TopRow.$Properties>;
export type DropsRequest = Complete<isthmus.v1.DropsRequest.$Properties>;
export type DropsReply = Complete<isthmus.v1.DropsReply.$Properties>;
export type DropReason = DropsReply['reasons'][number];
export type DropEnd = DropReason['sources'][number];
export type EndReply = Complete<isthmus.v1.EndReply.$Properties>;
export type SessionPage = Complete<isthmus.v1.SessionPage.$Properties>;
export type Session = Complete<isthmus.v1.Session.$Properties>;
export type BibPage = Complete<isthmus.v1.BibPage.$Properties>;
export type BibEntry = Complete<isthmus.v1.BibEntry.$Properties>;
export type PoolRequest = Complete<isthmus.v1.PoolRequest.$Properties>;
export type PoolReply = Complete<isthmus.v1.PoolReply.$Properties>;
export type PoolUse = Complete<isthmus.v1.PoolUse.$Properties>;
export type ExplainRequest = Complete<isthmus.v1.ExplainRequest.$Properties>;
export type ExplainReply = Complete<isthmus.v1.ExplainReply.$Properties>;
export type DrainRequest = Complete<isthmus.v1.DrainRequest.$Properties>;
/** A request without fields. */
export type EmptyRequest = Readonly<Record<string, never>>;
export type Outcome = Complete<isthmus.v1.Outcome.$Properties>;
export type PauseRequest = Complete<isthmus.v1.PauseRequest.$Properties>;
export type AdoptionStatus = Complete<isthmus.v1.AdoptionStatus.$Properties>;
export type ExportStatus = Complete<isthmus.v1.ExportStatus.$Properties>;
export type LoadForeignRequest = Complete<isthmus.v1.LoadForeignRequest.$Properties>;
export type LoadForeignReply = Complete<isthmus.v1.LoadForeignReply.$Properties>;
export type ChangeAdoptionRequest = Complete<isthmus.v1.ChangeAdoptionRequest.$Properties>;
export type ConfigurationReply = Complete<isthmus.v1.ConfigurationReply.$Properties>;
export type TakeSliceRequest = Complete<isthmus.v1.TakeSliceRequest.$Properties>;
export type ReloadRequest = Complete<isthmus.v1.ReloadRequest.$Properties>;
export type ReloadReply = Complete<isthmus.v1.ReloadReply.$Properties>;
export type TestWithdrawalRequest = Complete<isthmus.v1.TestWithdrawalRequest.$Properties>;
export type TestWithdrawalReply = Complete<isthmus.v1.TestWithdrawalReply.$Properties>;
export type LogQuestion = Complete<isthmus.v1.LogQuestion.$Properties>;
export type LogFindings = Complete<isthmus.v1.LogFindings.$Properties>;
export type EventsRequest = Complete<isthmus.v1.EventsRequest.$Properties>;
export type DrillHoldRequest = Complete<isthmus.v1.DrillHoldRequest.$Properties>;
export type DrillBeat = Complete<isthmus.v1.DrillBeat.$Properties>;
export type DrillStepRequest = Complete<isthmus.v1.DrillStepRequest.$Properties>;
export type PeerCallRequest = Complete<isthmus.v1.PeerCallRequest.$Properties>;
export type PeerCallReply = Complete<isthmus.v1.PeerCallReply.$Properties>;
export type Event = Complete<isthmus.v1.Event.$Properties>;

/** Generated codec of one message. */
export interface MessageCodec<Message> {
  encode(message: Message): { finish(): Uint8Array };
  decode(bytes: Uint8Array): Message;
}

/**
 * Plain data of a decoded message. Generated messages keep defaults in their prototype, which JSON.stringify and
 * spreading ignore; `for … in` includes them.
 */
export function complete<Message extends object>(message: Message): Complete<Message> {
  const plain: Record<string, unknown> = {};
  for (const key in message) {
    const value: unknown = message[key];
    if (key.startsWith('$') || value === null || value === undefined || typeof value === 'function') continue;
    plain[key] = completeValue(value);
  }
  // the loop has visited every field that the generated class declares
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return plain as Complete<Message>;
}

function completeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(completeValue);
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  return complete(value);
}
