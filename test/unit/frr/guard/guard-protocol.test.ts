import { describe, expect, it } from 'vitest';
import { parseAgentLine } from '../../../../src/frr/guard/guard-protocol.ts';

const STEP = { method: 'bfd-remove', commands: ['configure terminal', 'end'] };
const QUESTION = { command: 'show bgp', prefixes: ['192.0.2.0/24'] };
const ORDER = { socketPath: '/run/frr/bfdd.vty', steps: [STEP], verifyMs: 500 };
const DAEMON = { pidFile: '/run/frr/bfdd.pid', name: 'bfdd' };

function parsed(orders: unknown): unknown {
  return parseAgentLine(`O 7 ${JSON.stringify(orders)}`);
}

describe('orders for the guard', () => {
  it.each([
    ['none', []],
    ['one for a socket', [ORDER]],
    ['one that names its daemon', [{ ...ORDER, daemon: DAEMON }]],
    ['one that is read back', [{ ...ORDER, steps: [{ ...STEP, readBack: [QUESTION] }] }]],
    ['one whose read-back asks nothing', [{ ...ORDER, steps: [{ ...STEP, readBack: [] }] }]],
    ['one for a file, and one for a socket', [{ file: '/run/a.track', text: '-254' }, ORDER]],
  ])('are taken: %s', (_, orders) => {
    expect(parsed(orders)).toEqual({ kind: 'orders', number: 7, orders });
  });

  it.each([
    ['no list', {}],
    ['no object', [7]],
    ['nothing', [null]],
    ['no socket', [{ ...ORDER, socketPath: undefined }]],
    ['a socket that is no path', [{ ...ORDER, socketPath: 7 }]],
    ['no steps', [{ ...ORDER, steps: undefined }]],
    ['an empty list of steps', [{ ...ORDER, steps: [] }]],
    ['steps that are no list', [{ ...ORDER, steps: { 0: STEP, length: 1 } }]],
    ['a step that is none', [{ ...ORDER, steps: [STEP, null] }]],
    ['a step that is a number', [{ ...ORDER, steps: [7] }]],
    ['a step without a method', [{ ...ORDER, steps: [{ commands: [] }] }]],
    ['a step without commands', [{ ...ORDER, steps: [{ method: 'bfd-remove' }] }]],
    ['a method that nobody knows', [{ ...ORDER, steps: [{ ...STEP, method: 'reboot' }] }]],
    ['a command that is no text', [{ ...ORDER, steps: [{ ...STEP, commands: ['end', 7] }] }]],
    ['commands that are no list', [{ ...ORDER, steps: [{ ...STEP, commands: 'end' }] }]],
    ['questions that are no list', [{ ...ORDER, steps: [{ ...STEP, readBack: QUESTION }] }]],
    ['a question that is none', [{ ...ORDER, steps: [{ ...STEP, readBack: [QUESTION, null] }] }]],
    ['a question that is a text', [{ ...ORDER, steps: [{ ...STEP, readBack: ['show bgp'] }] }]],
    ['a question without a command', [{ ...ORDER, steps: [{ ...STEP, readBack: [{ prefixes: [] }] }] }]],
    ['a question without prefixes', [{ ...ORDER, steps: [{ ...STEP, readBack: [{ command: 'x' }] }] }]],
    [
      'a question whose command is no text',
      [{ ...ORDER, steps: [{ ...STEP, readBack: [{ ...QUESTION, command: 7 }] }] }],
    ],
    ['a question of no prefix', [{ ...ORDER, steps: [{ ...STEP, readBack: [{ ...QUESTION, prefixes: [7] }] }] }]],
    ['no time', [{ ...ORDER, verifyMs: undefined }]],
    ['a time that is a text', [{ ...ORDER, verifyMs: '500' }]],
    ['a daemon that is none', [{ ...ORDER, daemon: null }]],
    ['a daemon that is a text', [{ ...ORDER, daemon: 'bfdd' }]],
    ['a daemon without a name', [{ ...ORDER, daemon: { pidFile: DAEMON.pidFile } }]],
    ['a daemon without a file', [{ ...ORDER, daemon: { name: 'bfdd' } }]],
    ['a daemon whose file is no path', [{ ...ORDER, daemon: { ...DAEMON, pidFile: 7 } }]],
    ['a daemon whose name is no text', [{ ...ORDER, daemon: { ...DAEMON, name: 7 } }]],
    ['a file that is no path', [{ file: 7, text: '-254' }]],
    ['a text that is none', [{ file: '/run/a.track', text: -254 }]],
    ['a file alone', [{ file: '/run/a.track' }]],
    ['one that is wrong among others', [ORDER, { ...ORDER, verifyMs: null }, ORDER]],
  ])('are refused as a whole: %s', (_, orders) => {
    expect(parsed(orders)).toBeUndefined();
  });

  it('are refused where they are no JSON', () => {
    expect(parseAgentLine('O 7 [')).toBeUndefined();
    expect(parseAgentLine('O')).toBeUndefined();
  });
});
