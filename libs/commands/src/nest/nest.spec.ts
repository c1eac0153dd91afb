import { describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { NestFactory } from '@nestjs/core';
import { systemPrincipal } from '@iter/access';
import type { Messages } from '../messages.ts';
import type { CaseCommands, Outcome } from '../outcome.ts';
import type { Signals } from '../signals.ts';
import {
  BroadcastSignalCommand,
  CommandsModule,
  ExecuteCaseCommand,
  SendMessageCommand,
  StartCaseCommand,
} from './index.ts';

const stale: Outcome = { outcome: 'stale', revision: 1 };
const reused: Outcome = { outcome: 'key-reused' };

describe('the command bus', () => {
  it('passes commands on to the functions behind it', async () => {
    const seen: unknown[] = [];
    const note =
      (outcome: Outcome) =>
      async (request: unknown): Promise<Outcome> => {
        seen.push(request);
        return outcome;
      };
    const cases = { execute: note(stale), start: note(reused) } as CaseCommands;
    const messages = { send: note(stale) } as Messages;
    const signals = { broadcast: note(reused) } as unknown as Signals;
    const app = await NestFactory.createApplicationContext(CommandsModule.for(cases, messages, signals), {
      logger: false,
    });
    await app.init();
    const bus = app.get(CommandBus);
    const by = { principal: systemPrincipal, route: 'r', idempotencyKey: 'k' };
    const start = { ...by, process: 'p', comune: 'c', variables: {} };
    const execute = { ...by, caseId: 'x', command: { type: 'AddComment', text: 't' } } as const;
    const send = { ...by, name: 'm', correlationKey: null, variables: {} };
    expect(await bus.execute(new StartCaseCommand(start))).toEqual(reused);
    expect(await bus.execute(new ExecuteCaseCommand(execute))).toEqual(stale);
    expect(await bus.execute(new SendMessageCommand(send))).toEqual(stale);
    const broadcast = { ...by, name: 's', variables: {} };
    expect(await bus.execute(new BroadcastSignalCommand(broadcast))).toEqual(reused);
    expect(seen).toEqual([start, execute, send, broadcast]);
    await app.close();
  });
});
