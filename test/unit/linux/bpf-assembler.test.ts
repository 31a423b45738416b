import { describe, expect, it } from 'vitest';
import { Assembler, AssemblyError } from '../../../src/linux/bpf-assembler.ts';

function hex(write: (assembler: Assembler) => void): string[] {
  const assembler = new Assembler();
  write(assembler);
  return Buffer.from(assembler.assemble()).toString('hex').match(/.{16}/g) ?? [];
}

/**
 * What `llvm-objdump`, `bpftool` and the instruction set's description give for the same instructions, a little-endian
 * machine.
 */
describe('the assembler', () => {
  it('encodes arithmetic, byte order and moves', () => {
    expect(
      hex((a) => {
        a.compute('mov', 'r0', -1);
        a.compute('mov', 'r6', 'r1');
        a.compute('add', 'r2', 20);
        a.compute('sub', 'r3', 'r4');
        a.compute('rsh', 'r2', 4);
        a.swap(16, 'r2');
        a.swap(32, 'r9');
        a.exit();
      }),
    ).toEqual([
      'b7000000ffffffff',
      'bf16000000000000',
      '0702000014000000',
      '1f43000000000000',
      '7702000004000000',
      'dc02000010000000',
      'dc09000020000000',
      '9500000000000000',
    ]);
  });

  it('encodes loads, stores and copies of all sizes', () => {
    expect(
      hex((a) => {
        a.load('u32', 'r2', 'r6', 76);
        a.load('u8', 'r3', 'r7', 14);
        a.store('u64', 'r10', -8, 'r0');
        a.store('u16', 'r10', -162, 0x0008);
        a.copy('u16', 2, ['r10', -4], ['r7', 6], 'r5');
      }),
    ).toEqual([
      '61624c0000000000',
      '71730e0000000000',
      '7b0af8ff00000000',
      '6a0a5eff08000000',
      '6975060000000000',
      '6b5afcff00000000',
      '6975080000000000',
      '6b5afeff00000000',
    ]);
  });

  it('counts jumps in instructions from the next one, both ways', () => {
    expect(
      hex((a) => {
        a.label('start');
        a.jumpIf('r2', '==', 6, 'end');
        a.jumpIf('r2', '>', 'r3', 'start');
        a.jump('end');
        a.call(69);
        a.label('end');
        a.exit();
      }),
    ).toEqual(['1502030006000000', '2d32feff00000000', '0500010000000000', '8500000045000000', '9500000000000000']);
  });

  it('takes two instructions for an address, and jumps over both', () => {
    expect(
      hex((a) => {
        a.jump('end');
        a.map('r1', 7);
        a.mapValue('r2', 9, 16);
        a.label('end');
        a.exit();
      }),
    ).toEqual([
      '0500040000000000',
      '1811000007000000',
      '0000000000000000',
      '1822000009000000',
      '0000000010000000',
      '9500000000000000',
    ]);
  });

  it('refuses labels that stand nowhere or twice', () => {
    expect(() => hex((a) => a.jump('nowhere'))).toThrow(AssemblyError);
    expect(() =>
      hex((a) => {
        a.label('twice');
        a.label('twice');
      }),
    ).toThrow('the label twice stands twice');
  });
});
