import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { mostDrafts } from '@iter/read-models';
import { ListOf } from '../dto/page.ts';
import {
  FormDraftDto,
  FormDraftTextDto,
  formPattern,
  KeepFormDraftDto,
  KeptFormDraftDto,
} from '../dto/personal.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

/** So much the clock of whoever typed may be ahead of ours. */
const aheadMs = 60_000;
/** Characters of the JSON of what was typed into one form. */
const mostTyped = 256_000;

/**
 * What somebody typed into a form and has not sent. No fact of any case: only who wrote it sees it, it is forgotten when
 * it is sent, and after 30 days. See docs/adr/0029.
 */
@ApiTags('session')
@Controller('api/v1/session/drafts')
export class DraftsController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'The forms that I began and have not sent' })
  @ListOf(FormDraftDto)
  async list(@Caller() { account }: Principal): Promise<{ items: readonly FormDraftDto[] }> {
    return { items: await this.ports.views.personal.drafts(account) };
  }

  @Get(':form')
  @ApiOperation({ summary: 'What I typed into a form and have not sent' })
  @ApiOkResponse({ type: FormDraftTextDto })
  async read(@Caller() { account }: Principal, @Param('form') form: string): Promise<FormDraftTextDto> {
    const kept = await this.ports.views.personal.draft(account, named(form));
    return {
      form,
      keptAt: kept?.keptAt ?? null,
      values: kept === null ? null : (JSON.parse(kept.typed) as object),
    };
  }

  @Put(':form')
  @ApiOperation({
    summary:
      'Keep what I typed into a form so far, unless another text is kept than it goes on from; or forget it',
  })
  @ApiOkResponse({ type: KeptFormDraftDto })
  async keep(
    @Command() { principal }: Asked,
    @Param('form') form: string,
    @Body() { account: writer, values, at, basedOn }: KeepFormDraftDto,
  ): Promise<KeptFormDraftDto> {
    const { account } = principal;
    allow(principal, 'SetPreferences', { account });
    if (writer !== undefined && writer !== account) throw new Problem('signed-in-as-another');
    const { personal } = this.ports.views;
    if (values === null) {
      await personal.forgetDraft(account, named(form));
      return { form, keptAt: null, values: null };
    }
    const typed = JSON.stringify(values);
    if (typed.length > mostTyped) throw new Problem('body-too-large');
    const now = this.ports.clock.now();
    const isPast = at !== undefined && Date.parse(at) <= Date.parse(now) + aheadMs;
    const keptAt = isPast ? new Date(at).toISOString() : now;
    const before = typeof basedOn === 'string' ? new Date(basedOn).toISOString() : basedOn;
    const kept = await personal.keepDraft(account, { form: named(form), typed, keptAt, basedOn: before });
    if (kept === null)
      throw new Problem('too-many-drafts', {
        detail: { it: `Se ne possono tenere ${mostDrafts}.`, en: `No more than ${mostDrafts} can be kept.` },
      });
    const other = kept.typed === typed ? null : (JSON.parse(kept.typed) as object);
    return { form, keptAt: kept.keptAt, values: other };
  }
}

function named(form: string): string {
  if (!formPattern.test(form)) throw new Problem('not-found');
  return form;
}
