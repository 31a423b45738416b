import type { Code } from '../codes.ts';

/*
 * An assembler for the kernel's virtual machine (linux/bpf.h, Documentation/bpf/standardization/instruction-set.rst).
 * An instruction is 8 bytes, in host order; on a little-endian machine:
 *
 *       0        1              2         4           8
 *     +--------+---------------+---------+-----------+
 *     | opcode | src 4 | dst 4 | offset  | immediate |
 *     +--------+---------------+---------+-----------+
 *
 * Registers: r0 result; r1–r5 arguments, lost by a call; r6–r9 kept; r10 end of the 512 bytes of stack.
 */
export type Register = 'r0' | 'r1' | 'r2' | 'r3' | 'r4' | 'r5' | 'r6' | 'r7' | 'r8' | 'r9' | 'r10';
/** A register, or a 32-bit number that is sign-extended. */
export type Operand = Register | number;

const SIZES = { u8: 0x10, u16: 0x08, u32: 0x00, u64: 0x18 } as const;
export type Size = keyof typeof SIZES;

const OPERATIONS = {
  add: 0x00,
  sub: 0x10,
  mul: 0x20,
  div: 0x30,
  or: 0x40,
  and: 0x50,
  lsh: 0x60,
  rsh: 0x70,
  mod: 0x90,
  xor: 0xa0,
  mov: 0xb0,
} as const;
const CONDITIONS = { '==': 0x10, '>': 0x20, '>=': 0x30, '&': 0x40, '!=': 0x50, '<': 0xa0, '<=': 0xb0 } as const;

const CLASS_LD = 0x00;
const CLASS_LDX = 0x01;
const CLASS_ST = 0x02;
const CLASS_STX = 0x03;
const CLASS_ALU = 0x04;
const CLASS_JMP = 0x05;
const CLASS_ALU64 = 0x07;
const SOURCE_REGISTER = 0x08;
const MODE_MEMORY = 0x60;
const MODE_ATOMIC = 0xc0;
const TO_BIG_ENDIAN = 0xd0 | SOURCE_REGISTER;
const CALL = 0x80;
const EXIT = 0x90;
const CONSTANT = 0;
const ADDRESS_OF_MAP = 1;
const ADDRESS_OF_MAP_VALUE = 2;
/** Source register of a wide load, by the kind of its number. */
const WIDE_SOURCES: readonly Register[] = ['r0', 'r1', 'r2'];
const BYTES = 8;

/** A label that is the target of a jump and is not defined, or is defined twice. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
  readonly code: Code = 'fast-path-unavailable';
}

export class Assembler {
  readonly #code: DataView[] = [];
  readonly #labels = new Map<string, number>();
  readonly #jumps = new Map<number, string>();

  label(name: string): void {
    if (this.#labels.has(name)) throw new AssemblyError(`the label ${name} stands twice`);
    this.#labels.set(name, this.#code.length);
  }

  /** destination = destination OPERATION operand, 64 bits; comparisons, shifts, `div` and `mod` are unsigned. */
  compute(operation: keyof typeof OPERATIONS, destination: Register, operand: Operand): void {
    const opcode = CLASS_ALU64 | OPERATIONS[operation];
    if (typeof operand === 'number') this.#add(opcode, destination, 'r0', 0, operand);
    else this.#add(opcode | SOURCE_REGISTER, destination, operand, 0, 0);
  }

  /** Turns the low 16, 32 or 64 bits from network into host order, or back, and clears the rest. */
  swap(bits: 16 | 32 | 64, register: Register): void {
    this.#add(CLASS_ALU | TO_BIG_ENDIAN, register, 'r0', 0, bits);
  }

  load(size: Size, destination: Register, base: Register, offset: number): void {
    this.#add(CLASS_LDX | MODE_MEMORY | SIZES[size], destination, base, offset, 0);
  }

  store(size: Size, base: Register, offset: number, operand: Operand): void {
    if (typeof operand === 'number') this.#add(CLASS_ST | MODE_MEMORY | SIZES[size], base, 'r0', offset, operand);
    else this.#add(CLASS_STX | MODE_MEMORY | SIZES[size], base, operand, offset, 0);
  }

  /** Atomically adds a register to memory. */
  addTo(size: 'u32' | 'u64', base: Register, offset: number, operand: Register): void {
    this.#add(CLASS_STX | MODE_ATOMIC | SIZES[size], base, operand, offset, 0);
  }

  /** Copies memory in units of one size, through a register. */
  copy(
    size: Size,
    count: number,
    to: readonly [Register, number],
    from: readonly [Register, number],
    by: Register,
  ): void {
    const step = Number(size.slice(1)) / 8;
    for (let index = 0; index < count; index++) {
      this.load(size, by, from[0], from[1] + index * step);
      this.store(size, to[0], to[1] + index * step, by);
    }
  }

  jump(label: string): void {
    this.#jumps.set(this.#code.length, label);
    this.#add(CLASS_JMP, 'r0', 'r0', 0, 0);
  }

  /** Jumps if the condition holds; `&`: if the two have a common bit. */
  jumpIf(register: Register, condition: keyof typeof CONDITIONS, operand: Operand, label: string): void {
    this.#jumps.set(this.#code.length, label);
    const opcode = CLASS_JMP | CONDITIONS[condition];
    if (typeof operand === 'number') this.#add(opcode, register, 'r0', 0, operand);
    else this.#add(opcode | SOURCE_REGISTER, register, operand, 0, 0);
  }

  call(helper: number): void {
    this.#add(CLASS_JMP | CALL, 'r0', 'r0', 0, helper);
  }

  exit(): void {
    this.#add(CLASS_JMP | EXIT, 'r0', 'r0', 0, 0);
  }

  /** Puts the address of a map into a register, for a helper. */
  map(register: Register, fd: number): void {
    this.#wide(register, ADDRESS_OF_MAP, fd, 0);
  }

  /** Loads the address inside the value of a one-entry array map into a register. */
  mapValue(register: Register, fd: number, offset: number): void {
    this.#wide(register, ADDRESS_OF_MAP_VALUE, fd, offset);
  }

  /** Loads a 64-bit number, given in two halves, into a register. */
  constant(register: Register, high: number, low: number): void {
    this.#wide(register, CONSTANT, low, high);
  }

  /** @returns the program. @throws AssemblyError */
  assemble(): ArrayBuffer {
    for (const [at, label] of this.#jumps) {
      const target = this.#labels.get(label);
      if (target === undefined) throw new AssemblyError(`the label ${label} stands nowhere`);
      this.#code[at].setInt16(2, target - at - 1, true);
    }
    const program = new Uint8Array(new ArrayBuffer(this.#code.length * BYTES));
    for (const [index, { buffer }] of this.#code.entries()) program.set(new Uint8Array(buffer), index * BYTES);
    return program.buffer;
  }

  #wide(register: Register, kind: number, low: number, high: number): void {
    const opcode = CLASS_LD | SIZES.u64;
    this.#add(opcode, register, WIDE_SOURCES[kind], 0, low);
    this.#add(0, 'r0', 'r0', 0, high);
  }

  #add(opcode: number, destination: Register, source: Register, offset: number, immediate: number): void {
    const view = new DataView(new ArrayBuffer(BYTES));
    view.setUint8(0, opcode);
    view.setUint8(1, (numberOf(source) << 4) | numberOf(destination));
    view.setInt16(2, offset, true);
    view.setInt32(4, immediate, true);
    this.#code.push(view);
  }
}

function numberOf(register: Register): number {
  return Number(register.slice(1));
}
