import { setTimeout as pause } from 'node:timers/promises';
import type { ServerDuplexStream, ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { isCommitted, lateMsOf } from './faults.ts';
import type { Fault } from './faults.ts';
import { Any, Empty, grpc, shared, status, streams } from './generated.ts';
import { failure, identifierOf, nameOf, proposedOf, streamDeleted, textOf } from './messages.ts';
import { mostAppendBytes } from './store.ts';
import type { Appended, EsdbStore, Expected, ProposedEvent } from './store.ts';

export interface AppendPorts {
  readonly store: EsdbStore;
  readonly disturb: (rpc: 'Append' | 'BatchAppend', stream: string) => Fault | undefined;
  readonly notLeader: () => Error;
}

interface ExpectedOptions {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

function expectedOf(options: ExpectedOptions, revision: string): Expected {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  return options.hasStreamExists() ? 'stream-exists' : Number(revision);
}

const broken = (): Error => failure(grpc.status.UNAVAILABLE, 'the connection was dropped');

/** The older way: a call for each append. */
export function handleAppend(
  { store, disturb, notLeader }: AppendPorts,
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
): void {
  let options: AppendReq.Options | undefined;
  const events: ProposedEvent[] = [];
  call.on('data', (request: AppendReq) => {
    if (request.hasOptions()) options = request.getOptions();
    else events.push(proposedOf(request.getProposedMessage()!));
  });
  call.on('end', () => {
    const stream = nameOf(options!.getStreamIdentifier());
    const expected = expectedOf(options!, options!.getRevision());
    const fault = disturb('Append', stream);
    if (fault === 'not-leader') return answer(notLeader());
    if (fault === 'not-ready') return answer(failure(grpc.status.UNAVAILABLE, 'Server Is Not Ready'));
    if (fault === 'drop') return answer(broken());
    if (!isCommitted(fault)) return;
    const result = store.append(stream, expected, events);
    if (fault === 'commit-drop') return answer(broken());
    if (fault === 'commit-hang') return;
    setTimeout(() => {
      if (result.outcome === 'deleted') return answer(streamDeleted(stream));
      if (result.outcome === 'appended' || result.outcome === 'wrong-revision')
        return answer(null, appendResponse(result));
      const trailers = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': mostAppendBytes };
      answer(failure(grpc.status.INVALID_ARGUMENT, 'too large', trailers));
    }, lateMsOf(fault));
  });
}

function appendResponse(result: Extract<Appended, { outcome: 'appended' | 'wrong-revision' }>): AppendResp {
  const response = new streams.AppendResp();
  if (result.outcome === 'wrong-revision') {
    const wrong = new streams.AppendResp.WrongExpectedVersion();
    if (result.current < 0) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(String(result.current));
    response.setWrongExpectedVersion(wrong);
    return response;
  }
  const position = new streams.AppendResp.Position();
  position.setCommitPosition(String(result.last.position));
  position.setPreparePosition(String(result.last.position));
  const success = new streams.AppendResp.Success();
  success.setCurrentRevision(String(result.last.revision));
  success.setPosition(position);
  response.setSuccess(success);
  return response;
}

/** One stream for all appends of a client, told apart by their correlation ids; what breaks it breaks all of them. */
export function handleBatchAppend(
  { store, disturb, notLeader }: AppendPorts,
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
): void {
  const parts = new Map<string, { readonly options: BatchAppendReq.Options; events: ProposedEvent[] }>();
  let isOver = false;
  const end = (error?: Error): void => {
    if (isOver) return;
    isOver = true;
    if (error) call.emit('error', error);
    else call.end();
  };
  call.on('error', () => (isOver = true));
  call.on('cancelled', () => (isOver = true));
  call.on('end', () => end());
  call.on('data', (request: BatchAppendReq) => {
    const id = textOf(request.getCorrelationId());
    if (request.hasOptions()) parts.set(id, { options: request.getOptions()!, events: [] });
    const part = parts.get(id)!;
    part.events.push(...request.getProposedMessagesList().map(proposedOf));
    if (!request.getIsFinal()) return;
    parts.delete(id);
    const stream = nameOf(part.options.getStreamIdentifier());
    const expected = expectedOf(part.options, part.options.getStreamPosition());
    const fault = disturb('BatchAppend', stream);
    if (fault === 'not-leader') return end(notLeader());
    if (fault === 'drop') return end(broken());
    const response = new streams.BatchAppendResp();
    response.setCorrelationId(request.getCorrelationId());
    response.setStreamIdentifier(identifierOf(stream));
    if (fault === 'not-ready') {
      const notReady = detailed('google.protobuf.Empty', new Empty().serializeBinary());
      notReady.setMessage('Server Is Not Ready');
      response.setError(notReady);
    } else {
      if (!isCommitted(fault)) return;
      const result = store.append(stream, expected, part.events);
      if (fault === 'commit-drop') return end(broken());
      if (fault === 'commit-hang') return;
      fill(response, stream, result);
    }
    const send = (): void => void (!isOver && call.write(response));
    if (lateMsOf(fault) === 0) send();
    else void pause(lateMsOf(fault)).then(send);
  });
}

/** An error of one append, its details packed under the name that the client looks for. */
function detailed(typeName: string, bytes: Uint8Array): Status {
  const details = new Any();
  details.pack(bytes, typeName);
  const error = new status.Status();
  error.setDetails(details);
  error.setMessage(typeName);
  return error;
}

function fill(response: BatchAppendResp, stream: string, result: Appended): void {
  const refuse = (name: string, message: { serializeBinary(): Uint8Array }): void =>
    void response.setError(detailed(`event_store.client.${name}`, message.serializeBinary()));
  if (result.outcome === 'appended') {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(result.last.position));
    position.setPreparePosition(String(result.last.position));
    const success = new streams.BatchAppendResp.Success();
    success.setCurrentRevision(String(result.last.revision));
    success.setPosition(position);
    response.setSuccess(success);
  } else if (result.outcome === 'wrong-revision') {
    const wrong = new shared.WrongExpectedVersion();
    if (result.current < 0) wrong.setCurrentNoStream(new Empty());
    else wrong.setCurrentStreamRevision(String(result.current));
    refuse('WrongExpectedVersion', wrong);
  } else if (result.outcome === 'deleted') {
    const deleted = new shared.StreamDeleted();
    deleted.setStreamIdentifier(identifierOf(stream));
    refuse('StreamDeleted', deleted);
  } else {
    const exceeded = new shared.MaximumAppendSizeExceeded();
    exceeded.setMaxappendsize(mostAppendBytes);
    refuse('MaximumAppendSizeExceeded', exceeded);
  }
}
