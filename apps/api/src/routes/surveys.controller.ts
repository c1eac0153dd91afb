import { createHmac } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { systemPrincipal } from '@iter/access';
import type { Principal } from '@iter/access';
import { highest, lowest } from '@iter/channels/surveys';
import type { Question, Survey } from '@iter/channels/surveys';
import type { Variables } from '@iter/engine';
import {
  MakeCodesDto,
  SurveyAnswerDto,
  SurveyCodeDto,
  SurveyCodesDto,
  SurveyCountedDto,
  SurveyDto,
  SurveyStateDto,
} from '../dto/surveys.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { caseIdFrom } from '../http/ids.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Problem } from '../problems/problem.ts';
import { bodiesFor } from '../session/allow.ts';
import { Caller, Public } from '../session/session.ts';
import type { IterRequest } from '../session/session.ts';

/** Tries with codes from one address, in a minute: a class answers from one room. */
const perMinute = 120;

/** The anonymous questionnaire of a course: codes for whoever took part, and answers by whoever holds one. */
@ApiTags('training')
@Controller('api/v1/training')
export class SurveysController {
  readonly #limit = new RateLimit(perMinute);

  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get('editions/:caseId/survey')
  @ApiOperation({
    summary: 'The questionnaire of an edition: how many codes were made; never how many answered',
  })
  @ApiOkResponse({ type: SurveyStateDto })
  async state(@Caller() principal: Principal, @Param('caseId') caseId: string): Promise<SurveyStateDto> {
    const { participants, survey } = await this.#edition(principal, caseId);
    const given = await this.ports.surveys.given(caseId);
    return { participants, codes: given?.codes ?? 0, isOpen: survey !== null && given?.isClosed !== true };
  }

  @Post('editions/:caseId/survey/codes')
  @ApiOperation({
    summary: 'Make codes, one for each participant, to be handed out without noting to whom',
    description: 'The same request gets the same codes again; nobody else is told them.',
  })
  @ApiCreatedResponse({ type: SurveyCodesDto })
  async makeCodes(
    @Command() { principal, idempotencyKey }: Asked,
    @Param('caseId') caseId: string,
    @Body() { count }: MakeCodesDto,
  ): Promise<SurveyCodesDto> {
    const { participants, survey } = await this.#edition(principal, caseId);
    if (!survey) throw new Problem('survey-closed');
    const seed = JSON.stringify([caseId, principal.account, idempotencyKey]);
    const codes = Array.from({ length: count }, (_, i) => codeOf(this.#keyed(`${seed}/${i}`)));
    const hashes = codes.map((code) => this.#hashOf(code));
    const issued = await this.ports.surveys.issue(caseId, survey, hashes, participants);
    if (issued === 'closed') throw new Problem('survey-closed');
    if (issued === 'too-many') throw new Problem('survey-codes-exceeded');
    return { codes };
  }

  /** No session: who answers is nobody. What is wrong, used or closed is answered alike. */
  @Post('survey')
  @Public()
  @ApiOperation({ summary: 'What is asked of whoever holds this code' })
  @ApiCreatedResponse({ type: SurveyDto })
  async questions(
    @Body() { code }: SurveyCodeDto,
    @Req() { ip }: IterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SurveyDto> {
    this.#limit.take(`address ${ip}`, reply);
    const survey = await this.ports.surveys.find(this.#hashOf(code));
    if (!survey) throw new Problem('survey-code-unknown');
    return { title: survey.title, questions: [...survey.questions], lowest, highest };
  }

  @Post('survey/answers')
  @Public()
  @ApiOperation({ summary: 'Answer: counted, and the code is gone' })
  @ApiCreatedResponse({ type: SurveyCountedDto })
  async answer(
    @Body() { code, marks }: SurveyAnswerDto,
    @Req() { ip }: IterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SurveyCountedDto> {
    this.#limit.take(`address ${ip}`, reply);
    const given = Object.fromEntries(marks.map(({ question, mark }) => [question, mark]));
    const answered = await this.ports.surveys.answer(this.#hashOf(code), given);
    if (answered === 'unknown') throw new Problem('survey-code-unknown');
    if (answered === 'invalid') throw new Problem('survey-answer-invalid');
    return { counted: true };
  }

  /** An edition of a body for which one hands out codes; its questionnaire, null while none is open. */
  async #edition(
    principal: Principal,
    caseId: string,
  ): Promise<{ readonly participants: number; readonly survey: Survey | null }> {
    const bodies = bodiesFor(principal, 'HandOutSurvey', {});
    const reading = await this.ports.cases.readState({
      caseId: caseIdFrom(caseId),
      principal: systemPrincipal,
    });
    if (reading.outcome !== 'read' || !bodies.includes(reading.state.comune)) throw new Problem('not-found');
    const { participants, title, level1Questions } = reading.state.root.variables;
    const isAsked = reading.state.status === 'active' && Array.isArray(level1Questions);
    return {
      // Until somebody is convened there is nobody to hand a code to.
      participants: Array.isArray(participants) ? participants.length : 0,
      survey: isAsked ? { title: String(title), questions: questionsIn(level1Questions) } : null,
    };
  }

  #keyed(text: string): Buffer {
    return createHmac('sha256', this.ports.feedKey).update(`survey|${text}`).digest();
  }

  #hashOf(code: string): string {
    const plain = code.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
    return this.#keyed(`code|${plain}`).toString('hex');
  }
}

/** Crockford's: no letters that are taken for digits. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Fifty bits, in two groups of five. */
function codeOf(secret: Buffer): string {
  const letters = [...secret.subarray(0, 10)].map((byte) => alphabet[byte % 32]);
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}

function questionsIn(list: readonly unknown[]): readonly Question[] {
  return list.map((it) => {
    const { key, label, labelEn } = it as Variables;
    return { key: String(key), label: String(label), labelEn: String(labelEn) };
  });
}
