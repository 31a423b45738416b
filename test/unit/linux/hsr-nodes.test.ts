import { describe, expect, it } from 'vitest';
import { familyOf, type GenericQuestion, readRingNodes, ringNodes } from '../../../src/linux/hsr-nodes.ts';
import { SystemCallError } from '../../../src/linux/libc.ts';
import { Netlink } from '../../../src/linux/netlink.ts';

const view = (hex: string): DataView => {
  const bytes = Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
  return new DataView(bytes.buffer);
};
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const ENOENT = 2;
const EINVAL = 22;
const refuse = (number: number): never => {
  throw new SystemCallError('ask', 'netlink', number);
};

/*
 * What the kernel answers, byte by byte as net/netlink/genetlink.c and net/hsr/hsr_netlink.c lay it out (Linux 5.6 to
 * 6.18): header (command, version), then attributes of length, type, value, filled up to 4 bytes.
 */
const FAMILY_HSR = '01 02 0000  0800 0200 48535200  0600 0100 1d00 0000  0800 0300 01000000';
const LIST_1 = '06 01 0000  0800 0200 07000000  0a00 0100 020000000002 0000  0a00 0100 020000000003 0000';
const LIST_2 = '06 01 0000  0a00 0100 020000000004 0000';
/** Interface, address, ages, sequence numbers and interfaces of both ports. */
const STATUS = new Map([
  [
    '020000000002',
    `04 01 0000  0800 0200 07000000  0a00 0100 020000000002 0000
     0800 0300 0c000000  0600 0600 3412 0000  0800 0800 09000000
     0800 0400 ffffff7f  0600 0700 0000 0000  0800 0900 04000000`,
  ],
  // A node of PRP has the address of its other port as well.
  [
    '020000000004',
    `04 01 0000  0800 0200 07000000  0a00 0100 020000000004 0000  0a00 0500 020000000005 0000  0800 0a00 04000000
     0800 0300 d0070000  0600 0600 3412 0000  0800 0800 09000000
     0800 0400 d1070000  0600 0700 3412 0000  0800 0900 04000000`,
  ],
]);

/** A kernel with an HSR interface of number 7. */
const kernel: GenericQuestion = (type, body) => {
  const question = hexOf(body);
  if (type === 16) return question === '030100000800020048535200' ? [view(FAMILY_HSR)] : refuse(ENOENT);
  if (type !== 0x1d || !question.slice(8).startsWith('0800020007000000')) return refuse(EINVAL);
  if (question.startsWith('05010000')) return [view(LIST_1), view(LIST_2)];
  const status = STATUS.get(question.slice(32, 44));
  return question.startsWith('03010000') && status !== undefined ? [view(status)] : refuse(ENOENT);
};

describe('the nodes of an HSR or PRP ring, as the kernel tells them', () => {
  it('are read with the ages of both ports, from a list in several messages, without those that have gone', () => {
    expect(ringNodes(7, kernel)).toEqual([
      {
        address: '02:00:00:00:00:02',
        received: [
          { interface: 9, ageMs: 12 },
          { interface: 4, ageMs: 2 ** 31 - 1 },
        ],
      },
      {
        address: '02:00:00:00:00:04',
        received: [
          { interface: 9, ageMs: 2000 },
          { interface: 4, ageMs: 2001 },
        ],
      },
    ]);
  });

  it('are unknown to a kernel without the driver; an interface of another one is refused', () => {
    expect(ringNodes(7, () => refuse(ENOENT))).toBeUndefined();
    expect(() => ringNodes(8, kernel)).toThrow(SystemCallError);
  });

  it('are asked for as this kernel wants to be asked, which knows its own families', () => {
    const netlink = new Netlink('generic');
    expect(familyOf('nlctrl', (type, body) => netlink.ask(type, body))).toBe(16);
    expect(familyOf('no such', (type, body) => netlink.ask(type, body))).toBeUndefined();
    netlink.close();
    const LOOPBACK = 1;
    // EINVAL from a kernel that has the driver: the loopback interface is not one of it.
    let answer: unknown;
    try {
      answer = readRingNodes(LOOPBACK);
    } catch (error) {
      answer = error;
    }
    if (answer !== undefined) expect(answer).toBeInstanceOf(SystemCallError);
  });
});
