import koffi from 'koffi';
import { addressOf } from './libc.ts';

/*
 * AES-256-GCM through the OpenSSL functions that Node.js exports for native add-ons (EVP_EncryptInit(3)), without the
 * objects that node:crypto creates per message, which cost ten times as much as the cipher. Messages are encrypted in
 * place and decrypted into one buffer with a known address:
 *
 *     0     32       48     64         80              … + 16
 *     | key | nonce  | tag  | length   | opened text   | room |
 */
const KEY = 0;
const KEY_BYTES = 32;
const NONCE = 32;
const NONCE_BYTES = 12;
const TAG = 48;
const LENGTH = 64;
const TEXT = 80;
/** Bytes of the authentication tag. */
export const GCM_TAG_BYTES = 16;
/** Larger than any UDP datagram or gRPC message. */
const MAX_BYTES = 65_536;

const GET_TAG = 0x10;
const SET_TAG = 0x11;
const ENCRYPT = 1;
const DECRYPT = 0;

/** Addresses are passed as numbers, which saves koffi an inspection of the argument. */
type Address = number;

/** The functions of OpenSSL. Throws if one is missing. */
function openssl() {
  const library = koffi.load(null);
  // koffi types every function as (...any) => any; the annotations state the parameters.
  const init: (
    context: Address,
    type: Address,
    engine: Address,
    key: Address,
    nonce: Address,
    encrypt: number,
  ) => number = library.func(
    'int EVP_CipherInit_ex(uintptr_t c, uintptr_t type, uintptr_t engine, uintptr_t key, uintptr_t iv, int encrypt)',
  );
  const update: (context: Address, out: Address, length: Address, input: Address, bytes: number) => number =
    library.func('int EVP_CipherUpdate(uintptr_t c, uintptr_t out, uintptr_t outl, uintptr_t in, int inl)');
  const final: (context: Address, out: Address, length: Address) => number = library.func(
    'int EVP_CipherFinal_ex(uintptr_t c, uintptr_t out, uintptr_t outl)',
  );
  const control: (context: Address, type: number, argument: number, pointer: Address) => number = library.func(
    'int EVP_CIPHER_CTX_ctrl(uintptr_t c, int type, int arg, uintptr_t ptr)',
  );
  const newContext: () => Address = library.func('uintptr_t EVP_CIPHER_CTX_new()');
  const aes256gcm: () => Address = library.func('uintptr_t EVP_aes_256_gcm()');
  return { init, update, final, control, newContext, aes256gcm };
}

/**
 * One direction: an OpenSSL context that keeps the key of the last message, because the next one mostly uses the same.
 */
class Direction {
  readonly #functions: ReturnType<typeof openssl>;
  readonly #context: Address;
  readonly #encrypt: typeof ENCRYPT | typeof DECRYPT;
  #key: Uint8Array | undefined;

  constructor(functions: ReturnType<typeof openssl>, encrypt: typeof ENCRYPT | typeof DECRYPT) {
    this.#functions = functions;
    this.#encrypt = encrypt;
    const [context, type] = [functions.newContext(), functions.aes256gcm()];
    if (context === 0 || type === 0) throw new Error('OpenSSL has no AES-256-GCM');
    this.#context = context;
    if (functions.init(context, type, 0, 0, 0, encrypt) !== 1) throw new Error('OpenSSL does not take AES-256-GCM');
  }

  /** Whether this was the key of the last message; the key then need not be in the buffer. */
  has(key: Uint8Array): boolean {
    return key === this.#key;
  }

  /**
   * @param base of the memory, in which key, nonce and, to decrypt, the tag are
   * @param input address of the message
   * @param output address for the result
   * @param clear number of leading bytes that are authenticated only
   * @param end end of the text in the message, bytes
   * @returns false: the tag does not match
   */
  pass(key: Uint8Array, base: Address, input: Address, output: Address, clear: number, end: number): boolean {
    const { init, update, final, control } = this.#functions;
    const [context, encrypt] = [this.#context, this.#encrypt];
    const length = base + LENGTH;
    const same = this.has(key);
    this.#key = undefined;
    const done =
      init(context, 0, 0, same ? 0 : base + KEY, base + NONCE, encrypt) === 1 &&
      update(context, 0, length, input, clear) === 1 &&
      (end === clear || update(context, output, length, input + clear, end - clear) === 1) &&
      (encrypt === ENCRYPT || control(context, SET_TAG, GCM_TAG_BYTES, base + TAG) === 1) &&
      final(context, base + LENGTH, length) === 1 &&
      (encrypt === DECRYPT || control(context, GET_TAG, GCM_TAG_BYTES, input + end) === 1);
    if (done) this.#key = key;
    return done;
  }
}

export class AesGcm {
  readonly #sealing: Direction;
  readonly #opening: Direction;
  readonly #memory = new ArrayBuffer(TEXT + MAX_BYTES);
  readonly #bytes = new Uint8Array(this.#memory);
  readonly #base = addressOf(this.#memory);
  /** Address of the last message's buffer, because the next message is mostly in the same. */
  #buffer: ArrayBufferLike | undefined;
  #bufferAt = 0;

  /** @throws if this Node.js does not export its OpenSSL, or a distribution has built it without the cipher */
  constructor() {
    const functions = openssl();
    this.#sealing = new Direction(functions, ENCRYPT);
    this.#opening = new Direction(functions, DECRYPT);
  }

  /**
   * Seals a message in place: the first `clear` bytes are authenticated, what follows is encrypted, and the last
   * GCM_TAG_BYTES get the tag.
   * @param key 32 bytes; they never change
   * @param nonce 12 bytes
   */
  seal(key: Uint8Array, nonce: Uint8Array, message: Uint8Array, clear: number): void {
    const end = message.length - GCM_TAG_BYTES;
    this.#load(this.#sealing, key, nonce, message);
    const at = this.#addressOf(message);
    if (!this.#sealing.pass(key, this.#base, at, at + clear, clear, end)) throw new Error('OpenSSL did not seal');
  }

  /** Decrypts the result of `seal`. @returns the text, valid until the next call; undefined: not authentic */
  open(key: Uint8Array, nonce: Uint8Array, message: Uint8Array, clear: number): Uint8Array | undefined {
    const end = message.length - GCM_TAG_BYTES;
    if (message.length > MAX_BYTES || end < clear) return undefined;
    this.#load(this.#opening, key, nonce, message);
    for (let index = 0; index < GCM_TAG_BYTES; index++) this.#bytes[TAG + index] = message[end + index];
    const opened = this.#opening.pass(key, this.#base, this.#addressOf(message), this.#base + TEXT, clear, end);
    return opened ? this.#bytes.subarray(TEXT, TEXT + end - clear) : undefined;
  }

  #load(direction: Direction, key: Uint8Array, nonce: Uint8Array, message: Uint8Array): void {
    if (key.length !== KEY_BYTES || nonce.length !== NONCE_BYTES)
      throw new RangeError('a key of 32, a nonce of 12 bytes');
    if (message.length > MAX_BYTES) throw new RangeError(`a message of ${message.length} bytes`);
    if (!direction.has(key)) this.#bytes.set(key, KEY);
    for (let index = 0; index < NONCE_BYTES; index++) this.#bytes[NONCE + index] = nonce[index];
  }

  #addressOf(message: Uint8Array): Address {
    const { buffer } = message;
    if (buffer !== this.#buffer) {
      this.#bufferAt = addressOf(buffer);
      this.#buffer = buffer;
    }
    return this.#bufferAt + message.byteOffset;
  }
}
