import type { MethodDefinition } from '@grpc/grpc-js';
import { type MessageCodec, v1 } from './messages.ts';

export type Method<Request, Reply> = MethodDefinition<Request, Reply>;

/** Trailing metadata of an error: its code from src/codes.ts. */
export const CODE_KEY = 'isthmus-code';

/** Metadata of a call: the requesting user. */
export const USER_KEY = 'isthmus-user';

const PREFIX = '/isthmus.v1.Control/';

/** The control service for gRPC, built from the generated code: no schema is read at run time. */
export const CONTROL = {
  getStatus: method('GetStatus', false, v1.StatusRequest, v1.StatusReply),
  listSessions: method('ListSessions', true, v1.SessionsRequest, v1.SessionPage),
  endSessions: method('EndSessions', false, v1.SessionsRequest, v1.EndReply),
  followSessions: method('FollowSessions', true, v1.SessionsRequest, v1.FollowReply),
  tracePackets: method('TracePackets', true, v1.TraceRequest, v1.TraceReply),
  topSessions: method('TopSessions', false, v1.TopRequest, v1.TopReply),
  getDrops: method('GetDrops', false, v1.DropsRequest, v1.DropsReply),
  listBib: method('ListBib', true, v1.SessionsRequest, v1.BibPage),
  getStats: method('GetStats', false, v1.StatsRequest, v1.StatsReply),
  getPool: method('GetPool', false, v1.PoolRequest, v1.PoolReply),
  explain: method('Explain', false, v1.ExplainRequest, v1.ExplainReply),
  drain: method('Drain', false, v1.DrainRequest, v1.Outcome),
  undrain: method('Undrain', false, v1.UndrainRequest, v1.Outcome),
  release: method('Release', false, v1.ReleaseRequest, v1.Outcome),
  pause: method('Pause', false, v1.PauseRequest, v1.Outcome),
  resume: method('Resume', false, v1.ResumeRequest, v1.Outcome),
  testWithdrawal: method('TestWithdrawal', false, v1.TestWithdrawalRequest, v1.TestWithdrawalReply),
  takeSlice: method('TakeSlice', false, v1.TakeSliceRequest, v1.Outcome),
  reload: method('Reload', false, v1.ReloadRequest, v1.ReloadReply),
  loadForeign: method('LoadForeign', false, v1.LoadForeignRequest, v1.LoadForeignReply),
  changeAdoption: method('ChangeAdoption', false, v1.ChangeAdoptionRequest, v1.Outcome),
  listEvents: method('ListEvents', true, v1.EventsRequest, v1.Event),
  holdDrill: method('HoldDrill', true, v1.DrillHoldRequest, v1.DrillBeat),
  drillStep: method('DrillStep', false, v1.DrillStepRequest, v1.Outcome),
  getConfiguration: method('GetConfiguration', false, v1.ConfigurationRequest, v1.ConfigurationReply),
  searchLog: method('SearchLog', true, v1.LogQuestion, v1.LogFindings),
  callPeer: method('CallPeer', true, v1.PeerCallRequest, v1.PeerCallReply),
} as const;

function method<Request, Reply>(
  name: string,
  responseStream: boolean,
  request: MessageCodec<Request>,
  reply: MessageCodec<Reply>,
): Method<Request, Reply> {
  return {
    path: PREFIX + name,
    originalName: name,
    requestStream: false,
    responseStream,
    requestSerialize: (message) => toBuffer(request.encode(message).finish()),
    requestDeserialize: (bytes) => request.decode(bytes),
    responseSerialize: (message) => toBuffer(reply.encode(message).finish()),
    responseDeserialize: (bytes) => reply.decode(bytes),
  };
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
