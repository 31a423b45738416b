import type { InterfaceState } from '../../linux/interface-state.ts';

/** A local address of the machine. */
export interface LocalAddress {
  readonly interface: string;
  readonly family: 4 | 6;
  readonly address: string;
}

/** Path of a UDP packet from the machine to itself: sent over IPv6, received over IPv4, and back. Addresses as text. */
export interface RoundTrip {
  readonly source6: string;
  /** The IPv6 form of `address4` behind the instance's pool6. */
  readonly target6: string;
  readonly address4: string;
}

export type ViewQuestion =
  | { readonly method: 'interfaceState'; readonly name: string }
  | { readonly method: 'interfacesTo'; readonly addresses: readonly string[]; readonly source: string | undefined }
  | { readonly method: 'localAddresses' }
  | { readonly method: 'roundTrip'; readonly path: RoundTrip; readonly timeoutMs: number }
  | { readonly method: 'ping'; readonly address: string; readonly timeoutMs: number }
  | { readonly method: 'connect'; readonly address: string; readonly port: number; readonly timeoutMs: number };

/** Type of the answer to each request, by method. */
export interface ViewAnswers {
  readonly interfaceState: InterfaceState | undefined;
  readonly interfacesTo: readonly (number | undefined)[];
  readonly localAddresses: readonly LocalAddress[];
  /** Milliseconds that it took. */
  readonly roundTrip: number;
  readonly ping: number;
  readonly connect: number;
}

export interface ViewCall {
  readonly id: number;
  readonly question: ViewQuestion;
}

export type ViewReply =
  | { readonly id: number; readonly value: ViewAnswers[ViewQuestion['method']] }
  /** `code` from an error of Node.js, or one of finding.ts. */
  | { readonly id: number; readonly failure: string; readonly code: string };
