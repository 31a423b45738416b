import { Assembler, type Register } from '../../../linux/bpf-assembler.ts';
import { ETHERNET, firstFrame, PAYLOAD, portAt, type Stream, transportAt, UDP_HEADER } from './test-packets.ts';

/*
 * BPF program that generates packets: the kernel runs it on empty frames (bpf(2), BPF_PROG_TEST_RUN with live frames),
 * writes a whole packet into each, for one flow after the other, and sends it out of an interface. Frames are reused in
 * the state in which the receiver left them, so every byte is rewritten.
 */
const MAP_LOOKUP = 1;
const REDIRECT = 23;
const XDP_DROP = 1;
/** struct xdp_md */
const CONTEXT = { data: 0, dataEnd: 4 } as const;
const ALL_ONES = -1;
const PORT_BITS = 0xffff;

const FRAME: Register = 'r6';
const FLOW: Register = 'r7';
const PORT: Register = 'r8';
/** Stack: a key of the ports map. */
const KEY = -4;

export interface GeneratorMaps {
  /** One value of 8 bytes: number of packets generated. */
  readonly made: number;
  /** Destination ports by flow, 2 bytes in network order, or undefined: consecutive ports from the first flow's. */
  readonly ports: number | undefined;
}

/** @param interfaceIndex outgoing interface. @returns the instructions (BPF_PROG_TYPE_XDP) */
export function generatorProgram(
  stream: Stream,
  flows: number,
  interfaceIndex: number,
  { made, ports }: GeneratorMaps,
): ArrayBuffer {
  const a = new Assembler();
  const frame = firstFrame(stream);
  a.load('u32', FRAME, 'r1', CONTEXT.data);
  a.load('u32', 'r2', 'r1', CONTEXT.dataEnd);
  a.compute('mov', 'r3', FRAME);
  a.compute('add', 'r3', frame.length);
  a.jumpIf('r3', '>', 'r2', 'drop');
  writeFrame(a, frame);
  a.mapValue('r1', made, 0);
  a.load('u64', FLOW, 'r1', 0);
  a.compute('mov', 'r2', FLOW);
  a.compute('add', 'r2', 1);
  a.store('u64', 'r1', 0, 'r2');
  a.compute('mod', FLOW, flows);
  writeFlow(a, transportAt(stream.family) + UDP_HEADER);
  if (ports === undefined) {
    a.compute('mov', PORT, FLOW);
    a.compute('add', PORT, stream.varies === 'source' ? stream.sourcePort : stream.destinationPort);
    a.swap(16, PORT);
  } else lookPortUp(a, ports);
  a.store('u16', FRAME, portAt(stream), PORT);
  a.compute('xor', PORT, PORT_BITS);
  a.store('u16', FRAME, transportAt(stream.family) + UDP_HEADER + PAYLOAD.portInverted, PORT);
  a.compute('mov', 'r1', interfaceIndex);
  a.compute('mov', 'r2', 0);
  a.call(REDIRECT);
  a.exit();
  a.label('drop');
  a.compute('mov', 'r0', XDP_DROP);
  a.exit();
  return a.assemble();
}

/** The MAC header has 14 bytes, so the last two bytes of the frame are written separately. */
function writeFrame(a: Assembler, frame: Uint8Array): void {
  const view = new DataView(frame.buffer);
  const words = frame.length - (frame.length % 4);
  for (let at = 0; at < words; at += 4) a.store('u32', FRAME, at, view.getInt32(at, true));
  for (let at = words; at < frame.length; at += 2) a.store('u16', FRAME, at, view.getUint16(at, true));
}

function writeFlow(a: Assembler, payload: number): void {
  a.store('u32', FRAME, payload + PAYLOAD.flow, FLOW);
  a.compute('mov', 'r2', FLOW);
  a.compute('xor', 'r2', ALL_ONES);
  a.store('u32', FRAME, payload + PAYLOAD.flowInverted, 'r2');
}

function lookPortUp(a: Assembler, ports: number): void {
  a.store('u32', 'r10', KEY, FLOW);
  a.map('r1', ports);
  a.compute('mov', 'r2', 'r10');
  a.compute('add', 'r2', KEY);
  a.call(MAP_LOOKUP);
  a.jumpIf('r0', '==', 0, 'drop');
  a.load('u16', PORT, 'r0', 0);
}

/** Initial content of a frame: the kernel requires a complete MAC header. */
export function emptyFrame(stream: Stream): Uint8Array<ArrayBuffer> {
  const frame = firstFrame(stream);
  frame.fill(0, ETHERNET);
  return frame;
}
