import type { MethodDefinition } from '@grpc/grpc-js';
import { isthmus } from '../../gen/peer.js';

const { SealedFrame } = isthmus.v1;

function pack(frame: Uint8Array): Buffer {
  const bytes = SealedFrame.encode({ frame }).finish();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function unpack(bytes: Buffer): Uint8Array {
  return SealedFrame.decode(bytes).frame;
}

/** The peer service of peer.proto: both directions carry sealed frames, one a message. */
export const PEER: { readonly exchange: MethodDefinition<Uint8Array, Uint8Array> } = {
  exchange: {
    path: '/isthmus.v1.Peer/Exchange',
    originalName: 'exchange',
    requestStream: true,
    responseStream: true,
    requestSerialize: pack,
    requestDeserialize: unpack,
    responseSerialize: pack,
    responseDeserialize: unpack,
  },
};
