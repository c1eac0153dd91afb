import { createRequire } from 'node:module';
import type * as Grpc from '@grpc/grpc-js';
import type * as Gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type * as GossipRpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type * as Features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as FeaturesRpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
import type * as Status from '@eventstore/db-client/generated/status_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as StreamsRpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type * as AnyMessage from 'google-protobuf/google/protobuf/any_pb.js';
import type * as EmptyMessage from 'google-protobuf/google/protobuf/empty_pb.js';

// The serialisers of the client test `instanceof`: everything is loaded through its own tree, so that both ends share classes.
const here = createRequire(import.meta.url);
const load = createRequire(here.resolve('@eventstore/db-client/package.json'));

export const grpc = load('@grpc/grpc-js') as typeof Grpc;
export const streams = load('./generated/streams_pb') as typeof Streams;
export const { StreamsService } = load('./generated/streams_grpc_pb') as typeof StreamsRpc;
export const features = load('./generated/serverfeatures_pb') as typeof Features;
export const { ServerFeaturesService } = load('./generated/serverfeatures_grpc_pb') as typeof FeaturesRpc;
export const gossip = load('./generated/gossip_pb') as typeof Gossip;
export const { GossipService } = load('./generated/gossip_grpc_pb') as typeof GossipRpc;
export const shared = load('./generated/shared_pb') as typeof Shared;
export const status = load('./generated/status_pb') as typeof Status;
export const { Any } = load('google-protobuf/google/protobuf/any_pb') as typeof AnyMessage;
export const { Empty } = load('google-protobuf/google/protobuf/empty_pb') as typeof EmptyMessage;
