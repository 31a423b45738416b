import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openRegular, readText, remedyFor, UnfitFileError, whyUnreadable } from '../../../src/cluster/bounded-file.ts';
import { nearest } from '../../../src/cluster/nearest-name.ts';
import { readPrivateFile, readSecretFile } from '../../../src/cluster/secret-file.ts';
import {
  address,
  duration,
  filePath,
  formatDuration,
  interfaceName,
  interval,
  ipv4,
  ipv6,
  listOf,
  name,
  parseDuration,
  pool4Prefix,
  pool6Prefix,
  port,
  ports,
  prefix4,
  prefix6,
  someTime,
} from '../../../src/cluster/values.ts';

/** What a value becomes, or why it is none. */
function read(schema: z.ZodType, value: unknown): unknown {
  const { success, data, error } = schema.safeParse(value);
  return success ? data : { refused: error.issues.map(({ message }) => message).join(' | ') };
}

function refusal(schema: z.ZodType, value: unknown): string {
  const result = read(schema, value);
  const text = typeof result === 'object' && result !== null ? Reflect.get(result, 'refused') : undefined;
  return typeof text === 'string' ? text : `taken as ${JSON.stringify(result)}`;
}

describe('a time', () => {
  it.each([
    ['2h', 7_200_000],
    ['4m', 240_000],
    ['1500ms', 1500],
    ['1.5s', 1500],
    ['24d', 24 * 86_400_000],
    ['0ms', 0],
  ])('%s is %i ms', (text, ms) => expect([read(duration, text), parseDuration(text)]).toEqual([ms, ms]));

  it.each(['', '5', 'ms', '1 s', '-1s', '1.s', '1w', '1sec', 's1', '.5s', '1e3s', 'constructor'])(
    '"%s" is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
      expect(refusal(duration, text)).toContain('is not a time; a number with a unit is needed');
    },
  );

  it('has a limit, which a number without a unit never has', () => {
    expect(refusal(duration, '24.1d')).toContain('too long a time; at most 24d');
    expect(refusal(duration, 500)).toContain('500 is not a time');
    expect(refusal(duration, true)).toBe('not a time; write it like 4m');
    expect([read(someTime, '1ms'), read(interval, '10ms')]).toEqual([1, 10]);
    expect(refusal(someTime, '0s')).toContain('at least 1ms');
    expect(refusal(interval, '9ms')).toContain('at least 10ms');
  });

  it.each([
    [0, '0ms'],
    [1, '1ms'],
    [1000, '1s'],
    [1500, '1500ms'],
    [60_000, '1m'],
    [90_000, '90s'],
    [3_600_000, '1h'],
    [86_400_000, '1d'],
    [90_000_000, '25h'],
  ])('of %i ms is written %s', (ms, text) => expect([formatDuration(ms), parseDuration(text)]).toEqual([text, ms]));
});

describe('ports', () => {
  it.each([
    ['1024-65535', [1024, 65_535]],
    ['2000', [2000, 2000]],
    [2000, [2000, 2000]],
    ['0-0', [0, 0]],
    ['65535-65535', [65_535, 65_535]],
  ])('%s are %j', (text, range) => expect(read(ports, text)).toEqual(range));

  it.each(['65536', '1-65536', '1-', '-1', '1-2-3', ' 1', '1 - 2', 'a', '123456', '1.5'])('"%s" are none', (text) => {
    expect(refusal(ports, text)).toMatch(/is not a range of ports; FIRST-LAST is needed, within 0-65535$/);
  });

  it('that are turned are taken for what they are', () => {
    expect(refusal(ports, '2000-1000')).toContain('; did you mean 1000-2000?');
    expect(refusal(ports, '70000-1000')).not.toContain('did you mean');
    expect(refusal(ports, null)).toContain('not a range of ports');
    expect([read(port, 0), read(port, 65_535)]).toEqual([0, 65_535]);
    for (const bad of [-1, 65_536, 1.5, '80']) expect(refusal(port, bad)).not.toContain('taken');
  });
});

describe('addresses and prefixes', () => {
  it('are told apart by family', () => {
    for (const [text, is4, is6] of [
      ['192.0.2.1', true, false],
      ['2001:db8::1', false, true],
      ['192.0.2.0/24', false, false],
      ['192.0.2.256', false, false],
      ['2001:db8::g', false, false],
      ['', false, false],
    ] as const) {
      const taken = [ipv4, ipv6, address].map((schema) => schema.safeParse(text).success);
      expect([text, ...taken]).toEqual([text, is4, is6, is4 || is6]);
    }
    expect(refusal(ipv4, 'x')).toBe('"x" is not an IPv4 address; write it like 192.0.2.1');
    expect(refusal(ipv6, 'x')).toBe('"x" is not an IPv6 address; write it like 2001:db8::1');
    expect(refusal(address, 'x')).toContain('is not an IP address');
  });

  it('have one spelling', () => {
    expect([read(prefix4, '192.0.2.1'), read(prefix4, '192.0.2.0/24')]).toEqual(['192.0.2.1/32', '192.0.2.0/24']);
    expect([read(prefix6, '2001:DB8:0::1'), read(prefix6, '2001:db8:0000::/32')]).toEqual([
      '2001:db8::1/128',
      '2001:db8::/32',
    ]);
  });

  it.each([
    [prefix4, '192.0.2.1/24', 'its host bits are not zero: did you mean 192.0.2.0/24?'],
    [prefix4, '192.0.2.0/33', 'write it like 192.0.2.0/24'],
    [prefix4, 'x/24', 'write it like 192.0.2.0/24'],
    [prefix4, '192.0.2.0/x', 'write it like 192.0.2.0/24'],
    [prefix6, '2001:db8::1/64', 'its host bits are not zero: did you mean 2001:db8::/64?'],
    [prefix6, '2001:db8::/129', 'write it like 2001:db8::/96'],
    [prefix6, 'x/64', 'write it like 2001:db8::/96'],
  ])('%#: %s is refused with what would be right', (schema, text, remedy) => {
    expect(refusal(schema, text)).toContain(remedy);
  });

  it.each([
    ['64:ff9b::/96', 'taken'],
    ['2001:db8::/32', 'taken'],
    ['2001:db8:100::/40', 'taken'],
    ['2001:db8:0:1::/64', 'taken'],
    ['2001:db8::/33', 'a pool6 of length 33; RFC 6052 allows /32, /40, /48, /56, /64 and /96'],
    ['2001:db8:0:0:100::/96', 'bits 64 to 71 of 2001:db8:0:0:100::/96 are not zero'],
    ['::/96', 'holds the unspecified address and the loopback'],
    ['::ffff:0:0/96', 'holds IPv4-mapped addresses'],
    ['fe80::/32', 'holds link-local addresses'],
    ['ff00::/32', 'holds multicast addresses'],
    ['x', 'is not an IPv6 prefix'],
  ])('%s as a pool6: %s', (text, said) => expect(refusal(pool6Prefix, text)).toContain(said));

  it.each([
    ['192.0.2.0/28', 'taken'],
    ['223.255.255.255', 'taken'],
    ['0.1.2.3', 'addresses of "this network"'],
    ['127.0.0.0/24', 'holds loopback addresses'],
    ['126.0.0.0/7', 'holds loopback addresses'],
    ['239.255.255.255', 'holds multicast addresses'],
    ['240.0.0.0/8', 'holds addresses that are reserved'],
    ['255.255.255.255', 'holds addresses that are reserved'],
    ['x', 'is not an IPv4 prefix'],
  ])('%s as a pool4: %s', (text, said) => expect(refusal(pool4Prefix, text)).toContain(said));
});

describe('names', () => {
  it.each(['gw1', 'A', '0', 'a.b_c-d', 'x'.repeat(64)])('"%s" can be one', (text) =>
    expect(read(name, text)).toBe(text),
  );

  it.each(['', '-a', '.a', '_a', 'a b', 'a/b', 'ä', 'x'.repeat(65), 'a\n'])('"%s" cannot', (text) => {
    expect(refusal(name, text)).toContain('cannot be a name; letters, digits');
  });

  it('that every object has cannot be one', () => {
    for (const text of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(refusal(name, text)).toContain('cannot be a name; JavaScript has it for itself');
    }
  });

  it('of interfaces are those of Linux', () => {
    for (const text of ['up0', 'a', 'br-0123456789ab', 'eth0.100@x']) expect(read(interfaceName, text)).toBe(text);
    for (const text of ['', 'x'.repeat(16), 'a b', 'a/b', 'a:b', 'a\t'])
      expect(refusal(interfaceName, text)).toContain('cannot be an interface');
  });

  it('of files begin with /', () => {
    expect(read(filePath, '/etc/x')).toBe('/etc/x');
    expect(refusal(filePath, 'etc/x')).toBe('"etc/x" is not an absolute path; begin it with /');
  });

  it.each([
    ['drai', ['undrain', 'drain', 'status'], 'drain'],
    ['POOL6', ['pool4', 'pool6'], 'pool6'],
    ['pol', ['pool4', 'pool6'], undefined],
    ['timeout', ['timeouts', 'limits'], 'timeouts'],
    ['x', ['y'], 'y'],
    ['xx', ['yy'], undefined],
    ['abcdef', ['abcxyz'], undefined],
    ['abcdef', ['abcdxy'], 'abcdxy'],
    ['anything', [], undefined],
  ])('that nobody has, like %s of %j, are taken for %s', (text, candidates, found) => {
    expect(nearest(text, candidates)).toBe(found);
  });
});

describe('lists', () => {
  it('of one may stand without brackets', () => {
    const list = listOf(z.string());
    expect([read(list, 'a'), read(list, ['a', 'b'])]).toEqual([['a'], ['a', 'b']]);
    expect(refusal(list, [])).not.toContain('taken');
    expect(refusal(list, undefined)).not.toContain('taken');
    expect(refusal(listOf(z.string(), 2), 'a')).not.toContain('taken');
    expect(read(listOf(z.string(), 0), [])).toEqual([]);
  });
});

describe('files', () => {
  let folder: string;
  const at = (file: string): string => join(folder, file);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isthmus-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are read up to their limit', async () => {
    writeFileSync(at('a'), 'x'.repeat(100_000));
    expect((await readText(at('a'), 100_000)).length).toBe(100_000);
    await expect(readText(at('a'), 99_999)).rejects.toThrow('it has more than 99999 bytes');
    await expect(readText('/dev/zero', 1000)).rejects.toThrow(UnfitFileError);
    await expect(readText(at('b'), 1000)).rejects.toThrow('ENOENT');
  });

  it('that cannot be read are so for a reason that people understand', () => {
    const failure = (code: string): Error => Object.assign(new Error(`${code}: what the system says`), { code });
    expect(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EIO'].map((code) => whyUnreadable(failure(code)))).toEqual([
      'there is no such file',
      'there is no such file',
      'it is a directory',
      'this user may not read it',
      'EIO: what the system says',
    ]);
    expect([whyUnreadable(new Error('x')), whyUnreadable('y')]).toEqual(['x', 'y']);
    expect(['ENOENT', 'EACCES', 'EPERM'].map((code) => remedyFor(failure(code), 'make it'))).toEqual([
      'make it',
      'it is not yours to read: run this as its owner, root',
      'it is not yours to read: run this as its owner, root',
    ]);
    expect([remedyFor(new Error('x'), 'make it'), remedyFor('EACCES', 'make it')]).toEqual(['make it', 'make it']);
  });

  it('must be files', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await expect(openRegular(at('pipe'))).rejects.toThrow('it is not a file');
    await expect(openRegular(folder)).rejects.toThrow('it is not a file');
    writeFileSync(at('a'), 'text');
    symlinkSync(at('a'), at('link'));
    const handle = await openRegular(at('link'));
    expect((await handle.readFile()).toString()).toBe('text');
    await handle.close();
  });

  it('with a secret are long enough, not too long, and their owner’s', async () => {
    const write = (text: string, mode = 0o600): void => {
      writeFileSync(at('key'), text);
      chmodSync(at('key'), mode);
    };
    write(`  ${'s'.repeat(16)}\n`);
    expect(Buffer.from(await readSecretFile(at('key'))).toString()).toBe('s'.repeat(16));
    write(`  ${'s'.repeat(15)} \n`);
    await expect(readSecretFile(at('key'))).rejects.toThrow('a secret of 15 bytes');
    write('s'.repeat(64 * 1024));
    expect((await readSecretFile(at('key'))).length).toBe(64 * 1024);
    write('s'.repeat(64 * 1024 + 1));
    await expect(readSecretFile(at('key'))).rejects.toThrow('65536 are the most');
    for (const mode of [0o640, 0o604, 0o610]) {
      write('s'.repeat(32), mode);
      await expect(readSecretFile(at('key'))).rejects.toThrow(`can be read by others; chmod 600 ${at('key')}`);
    }
    write('s'.repeat(32), 0o400);
    expect((await readPrivateFile(at('key'))).length).toBe(32);
    await expect(readSecretFile(at('none'))).rejects.toThrow('there is no such file; copy it from another node');
    await expect(readPrivateFile(at('none'), undefined, 'key')).rejects.toThrow('the key cannot be read');
  });
});
