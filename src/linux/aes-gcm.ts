import koffi from 'koffi';
import { addressOf } from './libc.ts';

/*
 * AES-256-GCM by the OpenSSL that is part of Node.js and that it offers to native add-ons (EVP_EncryptInit(3)), called without the objects that
 * node:crypto makes for each message: those cost ten times what the cipher does. One piece of memory whose address is known:
 *
 *     0     32       48     64         80                                 … + 16
 *     | key | nonce  | tag  | length   | additional data ‖ text, in place | room |
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
/** The largest UDP datagram, and what gRPC carries in one message, are below. */
const MAX_BYTES = 65_536;

const GET_TAG = 0x10;
const SET_TAG = 0x11;

type Context = object;
type Address = number;

/** The functions of OpenSSL; what is not there throws. */
function openssl() {
  const library = koffi.load(null);
  // koffi types every function as (...any) => any; the definitions say what they take.
  const init: (
    context: Context,
    type: Context | null,
    engine: null,
    key: Address,
    nonce: Address,
    encrypt: number,
  ) => number = library.func(
    'int EVP_CipherInit_ex(void *c, void *type, void *engine, uintptr_t key, uintptr_t iv, int encrypt)',
  );
  const update: (context: Context, out: Address, length: Address, input: Address, bytes: number) => number =
    library.func('int EVP_CipherUpdate(void *c, uintptr_t out, uintptr_t outl, uintptr_t in, int inl)');
  const final: (context: Context, out: Address, length: Address) => number = library.func(
    'int EVP_CipherFinal_ex(void *c, uintptr_t out, uintptr_t outl)',
  );
  const control: (context: Context, type: number, argument: number, pointer: Address) => number = library.func(
    'int EVP_CIPHER_CTX_ctrl(void *c, int type, int arg, uintptr_t ptr)',
  );
  const newContext: () => Context | null = library.func('void *EVP_CIPHER_CTX_new()');
  const aes256gcm: () => Context | null = library.func('void *EVP_aes_256_gcm()');
  return { init, update, final, control, newContext, aes256gcm };
}

export class AesGcm {
  readonly #functions: ReturnType<typeof openssl>;
  readonly #context: Context;
  readonly #memory = new ArrayBuffer(TEXT + MAX_BYTES);
  readonly #bytes = new Uint8Array(this.#memory);
  readonly #base = addressOf(this.#memory);

  /** @throws where this Node.js does not offer its OpenSSL, or a distribution has built it without the cipher */
  constructor() {
    this.#functions = openssl();
    const [context, type] = [this.#functions.newContext(), this.#functions.aes256gcm()];
    if (context === null || type === null) throw new Error('OpenSSL has no AES-256-GCM');
    this.#context = context;
    if (this.#functions.init(context, type, null, 0, 0, 1) !== 1) throw new Error('OpenSSL does not take AES-256-GCM');
  }

  /**
   * Seals a message in place: the first `clear` bytes are authenticated, what follows is encrypted, and the last GCM_TAG_BYTES get the tag.
   * @param key 32 bytes
   * @param nonce 12 bytes
   */
  seal(key: Uint8Array, nonce: Uint8Array, message: Uint8Array, clear: number): void {
    const end = message.length - GCM_TAG_BYTES;
    this.#load(key, nonce, message, end);
    const { control } = this.#functions;
    const done = this.#pass(1, clear, end) && control(this.#context, GET_TAG, GCM_TAG_BYTES, this.#base + TAG) === 1;
    if (!done) throw new Error('OpenSSL did not seal');
    message.set(this.#bytes.subarray(TEXT + clear, TEXT + end), clear);
    message.set(this.#bytes.subarray(TAG, TAG + GCM_TAG_BYTES), end);
  }

  /** Opens what `seal` has made. @returns the text, which is there until the next call; undefined: not authentic */
  open(key: Uint8Array, nonce: Uint8Array, message: Uint8Array, clear: number): Uint8Array | undefined {
    const end = message.length - GCM_TAG_BYTES;
    if (message.length > MAX_BYTES || end < clear) return undefined;
    this.#load(key, nonce, message, end);
    this.#bytes.set(message.subarray(end), TAG);
    return this.#pass(0, clear, end) ? this.#bytes.subarray(TEXT + clear, TEXT + end) : undefined;
  }

  #load(key: Uint8Array, nonce: Uint8Array, message: Uint8Array, end: number): void {
    if (key.length !== KEY_BYTES || nonce.length !== NONCE_BYTES)
      throw new RangeError('a key of 32, a nonce of 12 bytes');
    if (message.length > MAX_BYTES) throw new RangeError(`a message of ${message.length} bytes`);
    this.#bytes.set(key, KEY);
    this.#bytes.set(nonce, NONCE);
    this.#bytes.set(end === message.length ? message : message.subarray(0, end), TEXT);
  }

  /** @returns false: the tag, which has been put in its place before, does not fit */
  #pass(encrypt: 0 | 1, clear: number, end: number): boolean {
    const { init, update, final, control } = this.#functions;
    const [context, base] = [this.#context, this.#base];
    const length = base + LENGTH;
    const text = base + TEXT;
    return (
      init(context, null, null, base + KEY, base + NONCE, encrypt) === 1 &&
      update(context, 0, length, text, clear) === 1 &&
      (end === clear || update(context, text + clear, length, text + clear, end - clear) === 1) &&
      (encrypt === 1 || control(context, SET_TAG, GCM_TAG_BYTES, base + TAG) === 1) &&
      final(context, text + end, length) === 1
    );
  }
}
