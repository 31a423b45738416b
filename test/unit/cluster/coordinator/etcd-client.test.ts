import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { Server, ServerCredentials, type ServerDuplexStream, type ServerUnaryCall, status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { etcdserverpb as pb } from '../../../../src/gen/etcd.js';
import { ETCD } from '../../../../src/cluster/coordinator/etcd-calls.ts';
import { EtcdClient, type EtcdOptions, EtcdUnreachableError } from '../../../../src/cluster/coordinator/etcd-client.ts';

const DEADLINE_MS = 400;
const USER = { name: 'isthmus', password: 'a password' };
const running: (() => void)[] = [];

afterEach(() => {
  for (const end of running.splice(0)) end();
});

type RangeCall = ServerUnaryCall<pb.RangeRequest, pb.IRangeResponse>;

/** An etcd that knows a range, a lease and a user, and does as a test says. */
class Member {
  readonly server = new Server();
  endpoint = '';
  /** Keys that were asked for, each with the token of whoever asked. */
  readonly asked: string[] = [];
  readonly renewed: number[] = [];
  tokens = 0;
  /** Tokens that are known; undefined: none is asked for. */
  known: Set<string> | undefined;
  /** What comes in place of an answer. */
  failure: { readonly code: number; readonly details: string } | undefined;
  silent = false;

  async start(): Promise<this> {
    const written =
      <Reply>(codec: { encode(reply: Reply): { finish(): Uint8Array } }) =>
      (reply: Reply): Buffer =>
        Buffer.from(codec.encode(reply).finish());
    const range = {
      ...ETCD.range,
      requestDeserialize: (bytes: Buffer) => pb.RangeRequest.decode(bytes),
      responseSerialize: written(pb.RangeResponse),
    };
    const authenticate = {
      ...ETCD.authenticate,
      requestDeserialize: (bytes: Buffer) => pb.AuthenticateRequest.decode(bytes),
      responseSerialize: written(pb.AuthenticateResponse),
    };
    const keepAlive = {
      ...ETCD.keepAlive,
      requestDeserialize: (bytes: Buffer) => pb.LeaseKeepAliveRequest.decode(bytes),
      responseSerialize: written(pb.LeaseKeepAliveResponse),
    };
    this.server.addService(
      { range, authenticate, keepAlive },
      {
        range: (call: RangeCall, answer: (error: object | null, reply?: pb.IRangeResponse) => void) => {
          const token = String(call.metadata.get('token')[0] ?? '');
          this.asked.push(`${Buffer.from(call.request.key).toString()} ${token}`.trim());
          if (this.silent) return;
          if (this.known !== undefined && !this.known.has(token)) {
            answer({ code: status.UNAUTHENTICATED, details: 'invalid auth token' });
          } else answer(this.failure ?? null, { kvs: [{ key: Buffer.from(this.endpoint) }] });
        },
        authenticate: (
          { request }: { request: pb.AuthenticateRequest },
          answer: (error: object | null, reply?: pb.IAuthenticateResponse) => void,
        ) => {
          if (request.name !== USER.name || request.password !== USER.password) {
            answer({ code: status.INVALID_ARGUMENT, details: 'authentication failed' });
            return;
          }
          const token = `token${(this.tokens += 1)}`;
          this.known?.add(token);
          answer(null, { token });
        },
        keepAlive: (stream: ServerDuplexStream<pb.LeaseKeepAliveRequest, pb.ILeaseKeepAliveResponse>) => {
          stream.on('error', () => undefined);
          stream.on('data', ({ ID }: pb.LeaseKeepAliveRequest) => {
            this.renewed.push(ID);
            if (this.failure !== undefined) stream.emit('error', this.failure);
            else if (!this.silent) stream.write({ ID, TTL: 10 });
          });
        },
      },
    );
    const port = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    this.endpoint = `127.0.0.1:${port}`;
    running.push(() => this.server.forceShutdown());
    return this;
  }
}

function clientOf(endpoints: readonly string[], more: Partial<EtcdOptions> = {}): EtcdClient {
  const client = new EtcdClient({ endpoints, deadlineMs: DEADLINE_MS, ...more });
  running.push(() => client.close());
  return client;
}

async function range(client: EtcdClient, key = 'k'): Promise<string> {
  const { kvs } = await client.call(ETCD.range, { key: Buffer.from(key) });
  return Buffer.from(kvs[0]?.key ?? []).toString();
}

const renew = (client: EtcdClient): Promise<number> =>
  client.exchange(ETCD.keepAlive, { ID: 77 }).then(({ TTL }) => TTL);

/** An endpoint where nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const place = server.address();
  server.close();
  await once(server, 'close');
  return typeof place === 'object' && place !== null ? `127.0.0.1:${place.port}` : '';
}

/** An endpoint that takes connections and never answers. */
async function mute(): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const place = server.address();
  return typeof place === 'object' && place !== null ? `127.0.0.1:${place.port}` : '';
}

describe('a client of several endpoints', () => {
  it('stays with the one that answers', async () => {
    const [one, other] = [await new Member().start(), await new Member().start()];
    const client = clientOf([one.endpoint, other.endpoint]);
    expect([await range(client), await range(client), client.endpoint]).toEqual([
      one.endpoint,
      one.endpoint,
      one.endpoint,
    ]);
    expect(other.asked).toEqual([]);
  });

  it.each([
    ['nobody listens at', nobody],
    ['takes connections and is silent', mute],
  ])('goes on to the next one from one that %s, and stays there', async (_, bad) => {
    const [first, good] = [await bad(), await new Member().start()];
    const client = clientOf([first, good.endpoint]);
    expect([client.endpoint, await range(client), client.endpoint]).toEqual([first, good.endpoint, good.endpoint]);
    expect(await range(client)).toBe(good.endpoint);
  });

  it('tries each once, and says why the last one was none', async () => {
    const members = [await new Member().start(), await new Member().start()];
    for (const [index, member] of members.entries()) {
      member.failure = { code: status.UNAVAILABLE, details: `gone ${index}` };
    }
    const [one, other] = members.map(({ endpoint }) => endpoint);
    const client = clientOf([one ?? '', other ?? '']);
    const error: unknown = await range(client).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EtcdUnreachableError);
    expect(error).toMatchObject({ message: `${other}: gone 1`, code: 'coordinator-unreachable' });
    expect(members.map(({ asked }) => asked.length)).toEqual([1, 1]);
    // From the last one it goes round to the first.
    expect(client.endpoint).toBe(one);
  });

  it('takes a refusal of etcd itself for what it is, and asks nobody else', async () => {
    const [one, other] = [await new Member().start(), await new Member().start()];
    one.failure = { code: status.INVALID_ARGUMENT, details: 'no such thing' };
    const client = clientOf([one.endpoint, other.endpoint]);
    await expect(range(client)).rejects.toMatchObject({ code: status.INVALID_ARGUMENT, details: 'no such thing' });
    expect([client.endpoint, other.asked]).toEqual([one.endpoint, []]);
  });

  it('has none to ask', async () => {
    const client = clientOf([]);
    expect(client.endpoint).toBe('');
    await expect(range(client)).rejects.toThrow(EtcdUnreachableError);
    await expect(renew(client)).rejects.toThrow('etcd has no endpoints');
  });
});

describe('a question over a stream', () => {
  it('has one answer', async () => {
    const member = await new Member().start();
    const client = clientOf([member.endpoint]);
    expect([await renew(client), await renew(client), member.renewed]).toEqual([10, 10, [77, 77]]);
    expect(client.endpoint).toBe(member.endpoint);
  });

  it('that is not answered in time goes to another endpoint the next time', async () => {
    const [one, other] = [await new Member().start(), await new Member().start()];
    one.silent = true;
    const client = clientOf([one.endpoint, other.endpoint]);
    await expect(renew(client)).rejects.toThrow(EtcdUnreachableError);
    expect(client.endpoint).toBe(other.endpoint);
    expect([await renew(client), client.endpoint]).toEqual([10, other.endpoint]);
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    // That the stream was ended after its answer moved nothing.
    expect(client.endpoint).toBe(other.endpoint);
  });

  it('that etcd refuses stays at its endpoint', async () => {
    const [one, other] = [await new Member().start(), await new Member().start()];
    one.failure = { code: status.PERMISSION_DENIED, details: 'not you' };
    const client = clientOf([one.endpoint, other.endpoint]);
    await expect(renew(client)).rejects.toMatchObject({ code: status.PERMISSION_DENIED });
    expect(client.endpoint).toBe(one.endpoint);
  });
});

describe('a user', () => {
  it('is asked for no token, and sends none, where there is no user', async () => {
    const member = await new Member().start();
    await range(clientOf([member.endpoint]));
    expect([member.asked, member.tokens]).toEqual([['k'], 0]);
  });

  it('gets one token, and another one when etcd does not know it any longer', async () => {
    const member = await new Member().start();
    member.known = new Set();
    const client = clientOf([member.endpoint], { user: USER });
    for (const key of ['a', 'b']) await range(client, key);
    expect(await renew(client)).toBe(10);
    expect([member.asked, member.tokens]).toEqual([['a token1', 'b token1'], 1]);
    member.known.clear();
    await range(client, 'c');
    expect(member.asked.slice(2)).toEqual(['c token1', 'c token2']);
    await range(client, 'd');
    expect([member.asked.at(-1), member.tokens]).toEqual(['d token2', 2]);
  });

  it('who is not known stays outside', async () => {
    const member = await new Member().start();
    member.known = new Set();
    const client = clientOf([member.endpoint], { user: { ...USER, password: 'wrong' } });
    await expect(range(client)).rejects.toMatchObject({ details: 'authentication failed' });
    expect([member.asked, member.tokens]).toEqual([[], 0]);
  });

  it('is not asked for once more after another refusal than that of his token', async () => {
    const member = await new Member().start();
    member.known = new Set();
    const client = clientOf([member.endpoint], { user: USER });
    await range(client);
    member.failure = { code: status.INVALID_ARGUMENT, details: 'no' };
    await expect(range(client)).rejects.toMatchObject({ details: 'no' });
    expect([member.asked.length, member.tokens]).toEqual([2, 1]);
  });
});

describe('a client that is cut off', () => {
  it('reaches nothing, as long as it is', async () => {
    const member = await new Member().start();
    const client = clientOf([member.endpoint]);
    client.setCut(true);
    await expect(range(client)).rejects.toThrow('cut off by a drill');
    await expect(renew(client)).rejects.toThrow('cut off by a drill');
    expect([member.asked, member.renewed]).toEqual([[], []]);
    client.setCut(false);
    expect(await range(client)).toBe(member.endpoint);
  });

  it('is closed for good', async () => {
    const member = await new Member().start();
    const client = clientOf([member.endpoint]);
    await range(client);
    client.close();
    await expect(range(client)).rejects.toThrow('Channel has been shut down');
  });
});

describe('the calls', () => {
  it('are those of a client: nobody serves them with these', () => {
    for (const call of Object.values(ETCD)) {
      expect(() => call.requestDeserialize(Buffer.alloc(0))).toThrow('this program is no etcd server');
    }
    expect(ETCD.keepAlive).toMatchObject({ requestStream: true, responseStream: true });
    expect(ETCD.range).toMatchObject({ requestStream: false, responseStream: false, path: '/etcdserverpb.KV/Range' });
  });
});
