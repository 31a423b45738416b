import { Client, type ClientDuplexStream, credentials, status } from '@grpc/grpc-js';
import type { PeerCertificate } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { BackOff } from './back-off.ts';
import type { GrpcLink, PeerStream } from './grpc-link.ts';
import { CHANNEL_OPTIONS } from './channel-options.ts';
import { PEER } from './peer-service.ts';
import { nodeOfCertificate, type TlsIdentity } from './tls-identity.ts';

/** Maximum time for a peer to accept the stream before the next attempt. */
const CONNECT_MS = 5000;

export interface DialerOptions {
  readonly peer: string;
  /** `[2001:db8::1]:6465` or `192.0.2.1:6465` */
  readonly target: string;
  readonly identity: TlsIdentity;
  readonly clock: Clock;
  readonly backOff: BackOff;
  readonly onFrame: (frame: Uint8Array) => void;
  readonly onChange: (connected: boolean, reason: string) => void;
}

/** Opens the stream to a peer, and reopens it after a delay whenever it ends. */
export class PeerDialer {
  readonly #options: DialerOptions;
  readonly #link: GrpcLink;
  #client: Client | undefined;
  #cancelWait: (() => void) | undefined;
  #closed = false;

  constructor(link: GrpcLink, options: DialerOptions) {
    this.#link = link;
    this.#options = options;
  }

  dial(): void {
    if (this.#closed) return;
    const { peer, target, identity, clock } = this.#options;
    const { ca, key, certificate } = identity;
    const checkServerIdentity = (_: string, shown: PeerCertificate): Error | undefined => {
      const name = nodeOfCertificate(shown);
      return name === peer ? undefined : new Error(`its certificate is that of ${name ?? 'nobody'}`);
    };
    const secure = credentials.createSsl(ca, key, certificate, { checkServerIdentity });
    const options = { ...CHANNEL_OPTIONS, 'grpc.ssl_target_name_override': 'isthmus', 'grpc.default_authority': peer };
    // A new client for each attempt, so that only this class decides on delays.
    const client = new Client(target, secure, options);
    this.#client = client;
    const { path, requestSerialize, responseDeserialize } = PEER.exchange;
    const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    const late = clock.after(CONNECT_MS, () => call.cancel());
    this.#follow(call, client, late);
  }

  #follow(call: ClientDuplexStream<Uint8Array, Uint8Array>, client: Client, stopWaiting: () => void): void {
    const { backOff, onFrame, onChange } = this.#options;
    const stream: PeerStream = { frames: call, end: () => call.cancel() };
    let accepted = false;
    let ended = false;
    call.on('metadata', () => {
      stopWaiting();
      if (this.#closed || ended) return;
      accepted = true;
      backOff.reset();
      this.#link.attach(stream);
      onChange(true, '');
    });
    call.on('data', onFrame);
    const end = (reason: string): void => {
      if (ended) return;
      ended = true;
      stopWaiting();
      client.close();
      if (this.#closed) return;
      if (!accepted) this.#link.failed(reason);
      else if (this.#link.detach(stream, reason)) onChange(false, reason);
      this.#cancelWait = this.#options.clock.after(backOff.next(), () => this.dial());
    };
    // Each error is followed by a status with the reason.
    call.on('error', () => undefined);
    call.on('status', ({ code, details }) => end(code === status.OK ? 'the peer ended the stream' : details));
  }

  close(): void {
    this.#closed = true;
    this.#cancelWait?.();
    this.#client?.close();
  }
}
