import type {
  handleUnaryCall,
  sendUnaryData,
  Server,
  ServerCredentials,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  UntypedHandleCall,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { handleAppend, handleBatchAppend } from './appends.ts';
import type { Disturb, Fault, Request } from './faults.ts';
import {
  features,
  gossip,
  GossipService,
  grpc,
  ServerFeaturesService,
  streams,
  StreamsService,
} from './generated.ts';
import { failure, nameOf, uuidOf } from './messages.ts';
import { handleRead } from './reads.ts';
import type { ReadCall } from './reads.ts';
import { EsdbStore } from './store.ts';

export type { Fault, Request } from './faults.ts';

export interface EsdbOptions {
  /** False: an older server, which takes each append in a call of its own. */
  readonly batchAppend?: boolean;
  /** Shared by the nodes of a cluster; a new one by default. */
  readonly store?: EsdbStore;
  /** Speaks TLS only, and asks everybody for a name and a password. */
  readonly secured?: Secured;
}

export interface Secured {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  readonly user: string;
  readonly password: string;
}

/** A node as gossip tells of it. */
export interface Member {
  readonly port: number;
  readonly isLeader: boolean;
  readonly isAlive: boolean;
}

/**
 * An EventStoreDB in memory, as far as we use one: it speaks its protocol to the unmodified client, by the service definitions
 * that the client itself ships. What it holds stays when it is stopped and started again. It can be told to misbehave.
 */
export class EsdbDouble {
  readonly store: EsdbStore;
  /** What was appended and read, in order. */
  readonly requests: Request[] = [];
  /** Asked before everything. */
  disturb: Disturb = () => undefined;
  /** Where `not-leader` sends clients; to itself by default. */
  leader: EsdbDouble = this;
  /** What gossip tells of the cluster; itself alone by default. */
  members: readonly Member[] | null = null;
  /** Subscriptions stay open and say nothing, as behind a broken router. */
  isMute = false;
  readonly #batchAppend: boolean;
  readonly #secured: Secured | undefined;
  readonly #subscriptions = new Set<ReadCall>();
  readonly #silenced = new WeakSet<ReadCall>();
  #server: Server | null = null;
  #port = 0;

  private constructor({ batchAppend = true, store = new EsdbStore(), secured }: EsdbOptions) {
    this.#secured = secured;
    this.store = store;
    this.#batchAppend = batchAppend;
  }

  static async start(options: EsdbOptions = {}): Promise<EsdbDouble> {
    const double = new EsdbDouble(options);
    await double.start();
    return double;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Listens, on the port that it had before. */
  async start(): Promise<void> {
    const server = new grpc.Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    const disturb = (rpc: Request['rpc'], stream: string): Fault | undefined => {
      this.requests.push({ rpc, stream });
      return this.disturb({ rpc, stream });
    };
    const ports = { store: this.store, disturb, notLeader: () => this.#notLeader() };
    const ofStreams: UntypedServiceImplementation = {
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) =>
        handleAppend(ports, call, answer),
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) =>
        handleBatchAppend(ports, call),
      read: (call: ReadCall) => {
        const reading = {
          ...ports,
          disturb: (stream: string) => disturb('Read', stream),
          subscriptions: this.#subscriptions,
          isMute: () => this.isMute || this.#silenced.has(call),
        };
        handleRead(reading, call).catch((error: unknown) => call.emit('error', error));
      },
      delete: this.#delete,
      tombstone: this.#tombstone,
    };
    // Features and gossip are told to everybody.
    server.addService(StreamsService, this.#secured ? guarded(this.#secured, ofStreams) : ofStreams);
    server.addService(ServerFeaturesService, {
      getSupportedMethods: this.#supportedMethods,
    });
    server.addService(GossipService, { read: this.#gossip });
    this.#port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.#port}`, credentialsOf(this.#secured), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
    this.#server = server;
  }

  /** Breaks every connection at once; what was committed stays. */
  stop(): void {
    this.#server?.forceShutdown();
    this.#server = null;
  }

  async restart(): Promise<void> {
    this.stop();
    await this.start();
  }

  /** Ends all open subscriptions with an error, and nothing else. */
  dropSubscriptions(): void {
    for (const call of this.#subscriptions)
      call.emit('error', failure(grpc.status.ABORTED, 'the subscription was dropped'));
  }

  /** All open subscriptions stay so and say nothing any more; others are as ever. */
  silenceSubscriptions(): void {
    for (const call of this.#subscriptions) this.#silenced.add(call);
  }

  #notLeader(): Error {
    return failure(grpc.status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': '127.0.0.1',
      'leader-endpoint-port': this.leader.port,
    });
  }

  readonly #delete: handleUnaryCall<DeleteReq, DeleteResp> = (call, answer) => {
    const at = this.store.softDelete(nameOf(call.request.getOptions()!.getStreamIdentifier()));
    const position = new streams.DeleteResp.Position();
    position.setCommitPosition(String(at));
    position.setPreparePosition(String(at));
    const response = new streams.DeleteResp();
    response.setPosition(position);
    answer(null, response);
  };

  readonly #tombstone: handleUnaryCall<TombstoneReq, TombstoneResp> = (call, answer) => {
    const at = this.store.tombstone(nameOf(call.request.getOptions()!.getStreamIdentifier()));
    const position = new streams.TombstoneResp.Position();
    position.setCommitPosition(String(at));
    position.setPreparePosition(String(at));
    const response = new streams.TombstoneResp();
    response.setPosition(position);
    answer(null, response);
  };

  readonly #supportedMethods: handleUnaryCall<unknown, InstanceType<typeof features.SupportedMethods>> = (
    _,
    answer,
  ) => {
    const fault = this.disturb({ rpc: 'Features', stream: '' });
    if (fault === 'hang' || fault === 'commit-hang') return;
    if (typeof fault === 'string') {
      const code = fault === 'not-ready' ? grpc.status.INTERNAL : grpc.status.UNAVAILABLE;
      return answer(failure(code, 'the features are not known'));
    }
    const response = new features.SupportedMethods();
    response.setEventStoreServerVersion('24.6.0');
    const names = ['read', 'append', 'delete', 'tombstone', ...(this.#batchAppend ? ['batchappend'] : [])];
    for (const name of names) {
      const method = new features.SupportedMethod();
      method.setServiceName('event_store.client.streams.streams');
      method.setMethodName(name);
      if (name === 'read') method.setFeaturesList(['position', 'events']);
      if (name === 'batchappend') method.setFeaturesList(['deadline_duration']);
      response.addMethods(method);
    }
    answer(null, response);
  };

  readonly #gossip: handleUnaryCall<unknown, InstanceType<typeof gossip.ClusterInfo>> = (_, answer) => {
    const fault = this.disturb({ rpc: 'Gossip', stream: '' });
    if (fault === 'hang' || fault === 'commit-hang') return;
    if (typeof fault === 'string') return answer(failure(grpc.status.UNAVAILABLE, 'no gossip'));
    const response = new gossip.ClusterInfo();
    const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;
    for (const [i, member] of (
      this.members ?? [{ port: this.#port, isLeader: true, isAlive: true }]
    ).entries()) {
      const endPoint = new gossip.EndPoint();
      endPoint.setAddress('127.0.0.1');
      endPoint.setPort(member.port);
      const info = new gossip.MemberInfo();
      info.setInstanceId(uuidOf(`00000000-0000-4000-8000-00000000000${i}`));
      info.setTimeStamp(String(Date.now()));
      info.setState(member.isLeader ? LEADER : FOLLOWER);
      info.setIsAlive(member.isAlive);
      info.setHttpEndPoint(endPoint);
      response.addMembers(info);
    }
    answer(null, response);
  };
}

function credentialsOf(secured: Secured | undefined): ServerCredentials {
  if (!secured) return grpc.ServerCredentials.createInsecure();
  const { certificate, key } = secured;
  const pair = { cert_chain: Buffer.from(certificate), private_key: Buffer.from(key) };
  return grpc.ServerCredentials.createSsl(null, [pair]);
}

/** The handlers, for those who say name and password. */
function guarded(
  { user, password }: Secured,
  handlers: UntypedServiceImplementation,
): UntypedServiceImplementation {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const guard =
    (handler: UntypedHandleCall) =>
    (call: ServerUnaryCall<unknown, unknown>, answer?: sendUnaryData<unknown>): void => {
      if (call.metadata.get('authorization')[0] === expected) {
        (handler as (...given: unknown[]) => void)(call, answer);
        return;
      }
      const error = failure(grpc.status.UNAUTHENTICATED, 'Unauthenticated');
      if (answer) answer(error);
      else call.emit('error', error);
    };
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [name, guard(handler) as UntypedHandleCall]),
  );
}
