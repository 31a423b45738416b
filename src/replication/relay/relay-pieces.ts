import { isthmus } from '../../gen/frames.js';
import { MAX_INCOMPLETE, MAX_PACKET_BYTES, MAX_PIECES, PIECE_BYTES } from './relay-limits.ts';

const { RelayBody } = isthmus.v1;

/** The body of a frame of kind 9, with every field. */
export interface RelayFrame {
  readonly to: number;
  readonly epoch: number;
  readonly instance: string;
  readonly packet: number;
  readonly pieces: number;
  readonly piece: number;
  readonly data: Uint8Array;
}

/** Number of frames for a packet. */
export function piecesOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / PIECE_BYTES));
}

/** One frame's body of a packet; all except the last have the same length. */
export function encodePiece(frame: Omit<RelayFrame, 'data' | 'pieces'>, packet: Uint8Array): Uint8Array {
  const pieces = piecesOf(packet.length);
  const size = Math.ceil(packet.length / pieces);
  const data = packet.subarray(frame.piece * size, Math.min(packet.length, (frame.piece + 1) * size));
  return RelayBody.encode({ ...frame, pieces, data }).finish();
}

/** @throws when the bytes are not such a message */
export function decodePiece(bytes: Uint8Array): RelayFrame {
  const { to, epoch, instance, packet, pieces, piece, data } = RelayBody.decode(bytes);
  return { to, epoch, instance, packet, pieces, piece, data };
}

interface Incomplete {
  readonly pieces: (Uint8Array | undefined)[];
  missing: number;
}

/** Reassembles the packets of one sender; pieces may arrive in any order and interleaved. */
export class PieceJoiner {
  /** Oldest first. */
  readonly #open = new Map<number, Incomplete>();
  /** Packets that were never completed. */
  incomplete = 0;

  /**
   * @returns the packet completed by this piece; `waiting` while others are missing; `malformed` for what no sender
   * makes. The piece must outlive the call.
   */
  take({ packet, pieces, piece, data }: RelayFrame): Uint8Array | 'waiting' | 'malformed' {
    if (pieces < 1 || pieces > MAX_PIECES || piece >= pieces || data.length === 0 || data.length > PIECE_BYTES) {
      return 'malformed';
    }
    if (pieces === 1) return data;
    const known = this.#open.get(packet) ?? this.#begin(packet, pieces);
    if (known.pieces.length !== pieces) return 'malformed';
    if (known.pieces[piece] !== undefined) return 'waiting';
    known.pieces[piece] = data;
    known.missing -= 1;
    if (known.missing > 0) return 'waiting';
    this.#open.delete(packet);
    const whole = Buffer.concat(known.pieces.flatMap((one) => one ?? []));
    return whole.length > MAX_PACKET_BYTES ? 'malformed' : whole;
  }

  #begin(packet: number, pieces: number): Incomplete {
    const [oldest] = this.#open.keys();
    if (this.#open.size >= MAX_INCOMPLETE && oldest !== undefined) {
      this.#open.delete(oldest);
      this.incomplete += 1;
    }
    const begun: Incomplete = { pieces: Array.from({ length: pieces }, () => undefined), missing: pieces };
    this.#open.set(packet, begun);
    return begun;
  }
}
