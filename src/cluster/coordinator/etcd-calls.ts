import type { MethodDefinition } from '@grpc/grpc-js';
import type { Writer } from 'protobufjs';
import { etcdserverpb as pb } from '../../gen/etcd.js';

/** The calls of etcd's gRPC API that the coordinator uses, built from the generated code. */

interface Codec<Sent, Received> {
  encode(message: Sent): Writer;
  decode(bytes: Uint8Array): Received;
}

export type EtcdCall<Request, Reply> = MethodDefinition<Request, Reply>;

function call<Request, Reply>(
  name: string,
  request: Codec<Request, unknown>,
  reply: Codec<unknown, Reply>,
  stream = false,
): EtcdCall<Request, Reply> {
  return {
    path: `/etcdserverpb.${name}`,
    originalName: name,
    requestStream: stream,
    responseStream: stream,
    requestSerialize: (message) => Buffer.from(request.encode(message).finish()),
    requestDeserialize: () => {
      throw new TypeError('this program is no etcd server');
    },
    responseSerialize: () => {
      throw new TypeError('this program is no etcd server');
    },
    responseDeserialize: (bytes) => reply.decode(bytes),
  };
}

export const ETCD = {
  range: call('KV/Range', pb.RangeRequest, pb.RangeResponse),
  txn: call('KV/Txn', pb.TxnRequest, pb.TxnResponse),
  grant: call('Lease/LeaseGrant', pb.LeaseGrantRequest, pb.LeaseGrantResponse),
  revoke: call('Lease/LeaseRevoke', pb.LeaseRevokeRequest, pb.LeaseRevokeResponse),
  keepAlive: call('Lease/LeaseKeepAlive', pb.LeaseKeepAliveRequest, pb.LeaseKeepAliveResponse, true),
  watch: call('Watch/Watch', pb.WatchRequest, pb.WatchResponse, true),
  authenticate: call('Auth/Authenticate', pb.AuthenticateRequest, pb.AuthenticateResponse),
} as const;
