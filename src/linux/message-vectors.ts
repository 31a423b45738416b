import { addressOf } from './libc.ts';

/*
 * Structures for sendmmsg(2) and recvmmsg(2). On 64-bit Linux:
 *
 *     struct mmsghdr, 64 bytes:  0 name*   8 name length   16 iovec*   24 iovec count   32 control*   40 control length
 *                               48 flags   56 length of the datagram
 *     struct iovec, 16 bytes:    0 base*   8 length
 */
const MESSAGE_BYTES = 64;
const IOVEC_BYTES = 16;

/** Messages of one piece each. */
export class MessageVectors {
  readonly address: number;
  readonly #vectors: ArrayBuffer;
  readonly #vectorView: DataView;
  readonly #view: DataView;

  constructor(count: number) {
    this.#vectors = new ArrayBuffer(count * IOVEC_BYTES);
    this.#vectorView = new DataView(this.#vectors);
    const messages = new ArrayBuffer(count * MESSAGE_BYTES);
    this.#view = new DataView(messages);
    this.address = addressOf(messages);
    for (let index = 0; index < count; index++) {
      setPointer(this.#view, index * MESSAGE_BYTES + 16, addressOf(this.#vectors) + index * IOVEC_BYTES);
      this.#view.setUint32(index * MESSAGE_BYTES + 24, 1, true);
    }
  }

  /** Sets the address of a message's bytes; the caller keeps that memory alive. */
  setBase(index: number, address: number): void {
    setPointer(this.#vectorView, index * IOVEC_BYTES, address);
  }

  /** @param bytes length of the message, or capacity of the buffer */
  setBytes(index: number, bytes: number): void {
    this.#vectorView.setUint32(index * IOVEC_BYTES + 8, bytes, true);
  }

  setName(index: number, address: number): void {
    setPointer(this.#view, index * MESSAGE_BYTES, address);
  }

  /** @param bytes 0: the name is not used */
  setNameBytes(index: number, bytes: number): void {
    this.#view.setUint32(index * MESSAGE_BYTES + 8, bytes, true);
  }

  setControl(index: number, address: number): void {
    setPointer(this.#view, index * MESSAGE_BYTES + 32, address);
  }

  /** @param bytes 0: no control data */
  setControlBytes(index: number, bytes: number): void {
    this.#view.setUint32(index * MESSAGE_BYTES + 40, bytes, true);
  }

  /** Length of a received datagram, bytes. */
  received(index: number): number {
    return this.#view.getUint32(index * MESSAGE_BYTES + 56, true);
  }
}

function setPointer(view: DataView, at: number, address: number): void {
  view.setBigUint64(at, BigInt(address), true);
}
