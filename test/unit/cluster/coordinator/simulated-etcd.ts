import { etcdserverpb as pb } from '../../../../src/gen/etcd.js';
import type { EtcdCall } from '../../../../src/cluster/coordinator/etcd-calls.ts';
import type { EtcdStore, EtcdStream } from '../../../../src/cluster/coordinator/etcd-client.ts';
import { EtcdCoordinator } from '../../../../src/cluster/coordinator/etcd-coordinator.ts';
import { SimulatedClock } from '../../replication/simulated-network.ts';

/** A watch of a coordinator, whose events a test makes. */
export class SimulatedWatch {
  readonly range: readonly [string, string];
  cancelled = false;
  readonly #listeners: [event: string, listener: (reply: never) => void][] = [];
  readonly #decode: (bytes: Buffer) => unknown;

  constructor(range: readonly [string, string], decode: (bytes: Buffer) => unknown) {
    this.range = range;
    this.#decode = decode;
  }

  on(event: string, listener: (reply: never) => void): void {
    this.#listeners.push([event, listener]);
  }

  cancel(): void {
    this.cancelled = true;
  }

  says(response: pb.IWatchResponse): void {
    const reply: unknown = this.#decode(Buffer.from(pb.WatchResponse.encode(response).finish()));
    this.emit('data', reply);
  }

  emit(event: 'data' | 'error' | 'end', reply?: unknown): void {
    for (const [of, listener] of this.#listeners) if (of === event) Reflect.apply(listener, undefined, [reply]);
  }

  changed(...keys: string[]): void {
    this.says({ events: keys.map((key) => ({ kv: { key: Buffer.from(key) } })) });
  }
}

/** What etcd does with the calls of coordinators, in memory: of several clients each has its own, on one store. */
export class SimulatedEtcd implements EtcdStore {
  /** Key to value, and the lease that it goes with. */
  readonly keys: Map<string, { readonly value: string; readonly lease: number }>;
  readonly leases: Map<number, number>;
  /** Names of the calls that came, such as `KV/Txn`. */
  readonly calls: string[] = [];
  readonly watches: SimulatedWatch[] = [];
  readonly cuts: boolean[] = [];
  closed = 0;
  /** Why calls of a name are in vain, `*` for all. */
  readonly failures = new Map<string, Error>();
  /** Calls wait until this has settled. */
  held: Promise<void> = Promise.resolve();

  constructor(other?: SimulatedEtcd) {
    this.keys = other?.keys ?? new Map<string, { value: string; lease: number }>();
    this.leases = other?.leases ?? new Map<number, number>();
  }

  async call<Request, Reply>(method: EtcdCall<Request, Reply>, request: Request): Promise<Reply> {
    const name = method.path.replace('/etcdserverpb.', '');
    this.calls.push(name);
    await this.held;
    const failure = this.failures.get(name) ?? this.failures.get('*');
    if (failure !== undefined) throw failure;
    return method.responseDeserialize(Buffer.from(this.#serve(name, method.requestSerialize(request))));
  }

  async exchange<Request, Reply>(method: EtcdCall<Request, Reply>, request: Request): Promise<Reply> {
    return this.call(method, request);
  }

  open<Request, Reply>(method: EtcdCall<Request, Reply>, request: Request): EtcdStream<Reply> {
    const { createRequest } = pb.WatchRequest.decode(method.requestSerialize(request));
    const [from, to] = [createRequest?.key, createRequest?.rangeEnd].map((key) => Buffer.from(key ?? []).toString());
    const watch = new SimulatedWatch([from ?? '', to ?? ''], method.responseDeserialize);
    this.watches.push(watch);
    return watch;
  }

  setCut(cut: boolean): void {
    this.cuts.push(cut);
  }

  close(): void {
    this.closed += 1;
  }

  /** The calls since the last time that anybody asked. */
  takeCalls(): string[] {
    return this.calls.splice(0);
  }

  /** As if a lease had run out, or somebody had revoked it. */
  forget(lease: number): void {
    this.leases.delete(lease);
    for (const [key, { lease: of }] of this.keys) if (of === lease) this.keys.delete(key);
  }

  put(key: string, value: string): void {
    this.keys.set(key, { value, lease: 0 });
  }

  #serve(name: string, bytes: Uint8Array): Uint8Array {
    switch (name) {
      case 'KV/Range':
        return pb.RangeResponse.encode({ kvs: this.#range(pb.RangeRequest.decode(bytes)) }).finish();
      case 'KV/Txn':
        return pb.TxnResponse.encode({ succeeded: this.#transact(pb.TxnRequest.decode(bytes)) }).finish();
      case 'Lease/LeaseGrant': {
        const { ID, TTL } = pb.LeaseGrantRequest.decode(bytes);
        this.leases.set(ID, TTL);
        return pb.LeaseGrantResponse.encode({ ID, TTL }).finish();
      }
      case 'Lease/LeaseRevoke':
        this.forget(pb.LeaseRevokeRequest.decode(bytes).ID);
        return pb.LeaseRevokeResponse.encode({}).finish();
      case 'Lease/LeaseKeepAlive': {
        const { ID } = pb.LeaseKeepAliveRequest.decode(bytes);
        return pb.LeaseKeepAliveResponse.encode({ ID, TTL: this.leases.get(ID) ?? 0 }).finish();
      }
      default:
        throw new Error(`nobody asks for ${name}`);
    }
  }

  #range({ key, rangeEnd, limit }: pb.RangeRequest): pb.IKeyValue[] {
    const [from, to] = [Buffer.from(key).toString(), Buffer.from(rangeEnd).toString()];
    const found = [...this.keys].filter(([name]) => name >= from && name < to).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return found.slice(0, limit).map(([name, { value }]) => ({ key: Buffer.from(name), value: Buffer.from(value) }));
  }

  #transact({ compare, success }: pb.TxnRequest): boolean {
    const holds = compare.every(({ key, target, createRevision, value }) => {
      const there = this.keys.get(Buffer.from(key ?? []).toString());
      if (target === pb.Compare.CompareTarget.CREATE) return (there === undefined) === ((createRevision ?? 0) === 0);
      return there !== undefined && there.value === Buffer.from(value ?? []).toString();
    });
    if (!holds) return false;
    for (const { requestPut, requestDeleteRange } of success) {
      if (requestPut) {
        const { key, value, lease } = requestPut;
        const content = { value: Buffer.from(value ?? []).toString(), lease: lease ?? 0 };
        this.keys.set(Buffer.from(key ?? []).toString(), content);
      }
      if (requestDeleteRange) this.keys.delete(Buffer.from(requestDeleteRange.key ?? []).toString());
    }
    return true;
  }
}

/** Lets everything happen that no timer has to start. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
}

/** A coordinator on a simulated store, and how often it has said that its view has changed. */
export class Bench {
  readonly clock = new SimulatedClock();
  readonly etcd: SimulatedEtcd;
  readonly coordinator: EtcdCoordinator;
  changes = 0;

  constructor(slot = 1, other?: SimulatedEtcd) {
    this.etcd = new SimulatedEtcd(other);
    this.coordinator = new EtcdCoordinator({ cluster: 'campus', slot, name: `gw${slot}` }, this.etcd, this.clock);
    this.coordinator.onChange(() => void (this.changes += 1));
    this.coordinator.tell('r1');
  }

  async start(): Promise<this> {
    await this.coordinator.start();
    return this;
  }

  async passes(ms: number): Promise<void> {
    this.clock.advance(ms);
    await settle();
  }
}
