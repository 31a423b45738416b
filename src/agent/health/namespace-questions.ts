import type { InterfaceState } from '../../linux/interface-state.ts';

/** An address of the machine itself. */
export interface LocalAddress {
  readonly interface: string;
  readonly family: 4 | 6;
  readonly address: string;
}

/**
 * A UDP packet's way from the machine to itself: sent over IPv6, it comes out over IPv4, and so back. Addresses as
 * text.
 */
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

/** What each question is answered with, by its method. */
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
  /** `code` as errors of Node.js have it, or one of finding.ts. */
  | { readonly id: number; readonly failure: string; readonly code: string };
