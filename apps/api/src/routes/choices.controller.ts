import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import type { Choice } from '@iter/commands';
import { ChoicesDto, ChoicesQuery } from '../dto/choices.ts';
import type { RegisterChoiceDto } from '../dto/choices.ts';
import { partsOf } from '../http/ids.ts';
import { refused } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

@ApiTags('process-definitions')
@Controller('api/v1/choices')
export class ChoicesController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({
    summary: 'What a field of a form offers from a register, of what the reader may see there',
    description: 'At most fifty, the latest first. The value handed in is judged again.',
  })
  @ApiOkResponse({ type: ChoicesDto })
  async list(@Caller() principal: Principal, @Query() query: ChoicesQuery): Promise<ChoicesDto> {
    allow(principal, 'ReadDefinition', {});
    const { definition, form: formId, field, comune, task, text, chosen } = query;
    const found = await this.ports.cases.offerChoices({
      ...{ principal, definition, formId, field, comune },
      ...(task !== undefined && { task: partsOf(task, 'task-not-found') }),
      ...(text !== undefined && { text }),
      ...(chosen !== undefined && { chosen }),
    });
    if ('code' in found) throw refused(found);
    return {
      items: found.items.map(told),
      chosen: found.chosen && told(found.chosen),
      hasMore: found.hasMore,
    };
  }
}

/** The words alone: what the register holds stays there. */
const told = ({ value, label }: Choice): RegisterChoiceDto => ({ value, label });
