/**
 * A block of memory that holds packets, with the one DataView that reads and writes its multi-byte fields. Code on the
 * packet path passes (arena, offset, length) and never makes a slice or a second view.
 */
export class PacketArena {
  readonly bytes: Uint8Array;
  readonly view: DataView;

  /** @param size bytes, or a buffer to lay the arena over. */
  constructor(size: number | ArrayBufferLike) {
    const buffer = typeof size === 'number' ? new ArrayBuffer(size) : size;
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
  }
}
