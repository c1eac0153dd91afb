import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { SignalOutcome } from '@iter/commands';
import { BroadcastSignalCommand } from '@iter/commands/nest';
import { IdDto, SignalRequestDto } from '../dto/requests.ts';
import { succeeded, tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';

@ApiTags('messages')
@Controller('api/v1/signals')
export class SignalsController {
  constructor(private readonly bus: CommandBus) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Throw a signal to all cases that await it and all processes that begin with it' })
  @ApiOkResponse({ type: IdDto })
  async broadcast(
    @Command() { expectedRevision: _, ...asked }: Asked,
    @Body() { name, variables, reason }: SignalRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdDto> {
    const request = { ...asked, name, reason, variables: (variables ?? {}) as never };
    const command = new BroadcastSignalCommand(request);
    const outcome = await this.bus.execute<BroadcastSignalCommand, SignalOutcome>(command);
    const { signalId, position } = outcome.outcome === 'thrown' ? outcome : thrown(outcome);
    tellPosition(reply, position);
    return { id: signalId };
  }
}

/** Everything else is a problem. */
function thrown(outcome: Exclude<SignalOutcome, { outcome: 'thrown' }>): never {
  succeeded(outcome);
  throw new Error(`a signal was answered ${outcome.outcome}`);
}
