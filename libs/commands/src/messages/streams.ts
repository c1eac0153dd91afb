import { clearMessageFields, decideMessages, emptyMessages, evolveMessages } from '@iter/engine/messages';
import type { MessageCommand, MessageEvent, MessageState } from '@iter/engine/messages';
import { createDecidedStreams } from '../decided-streams.ts';
import type { DecidedStreams, StreamPorts } from '../decided-streams.ts';

export type MessageStreams = DecidedStreams<MessageState, MessageCommand, MessageEvent>;

/** The streams in which messages and those who await them meet (ADR 0011). */
export const createMessageStreams = (ports: StreamPorts): MessageStreams =>
  createDecidedStreams<MessageState, MessageCommand, MessageEvent>(ports, {
    initial: emptyMessages,
    evolve: evolveMessages,
    decide: decideMessages,
    identity({ type: _, ...command }) {
      return 'message' in command ? command.message.messageId : command;
    },
    clear: clearMessageFields,
  });
