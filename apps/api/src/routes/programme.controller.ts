import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import { BoardQuery, ProgrammeBoardDto, ProvinceCardDto } from '../dto/programme.ts';
import type { ProvinceDto } from '../dto/programme.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';

/** The accompaniment programme in numbers, and what each Province has been in it. */
@ApiTags('programme')
@Controller('api/v1/programme')
export class ProgrammeController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get('board')
  @ApiOperation({ summary: 'Tutors, participants and project works by theme, each counted apart' })
  @ApiOkResponse({ type: ProgrammeBoardDto })
  async board(@Caller() principal: Principal, @Query() { year }: BoardQuery): Promise<ProgrammeBoardDto> {
    await this.#allow(
      principal,
      principal.grants.map(({ body }) => body),
    );
    const { themes, total, provinces } = await this.ports.views.programme.board(year);
    return {
      themes: themes.map((theme) => ({ ...theme, editions: [...theme.editions] })),
      total,
      provinces: provinces.map(this.#named),
    };
  }

  @Get('provinces/:ipa')
  @ApiOperation({ summary: 'What a Province has been in the programme: tutor, participant, author of works' })
  @ApiOkResponse({ type: ProvinceCardDto })
  async province(@Caller() principal: Principal, @Param('ipa') ipa: string): Promise<ProvinceCardDto> {
    await this.#allow(principal, [ipa]);
    if (!this.ports.bodies.exists(ipa)) throw new Problem('not-found');
    const { roles } = await this.ports.views.programme.province(ipa);
    return {
      province: this.#named(ipa),
      roles: roles.map(({ tutor, follows, ...role }) => ({
        ...role,
        tutor: tutor === null ? null : this.#named(tutor),
        follows: follows.map(this.#named),
      })),
    };
  }

  readonly #named = (ipa: string): ProvinceDto => ({ ipa, name: this.ports.bodies.nameOf(ipa) });

  /** @param bodies as which one may ask, when they take part in the programme */
  async #allow(principal: Principal, bodies: readonly string[]): Promise<void> {
    const decision = mayAct(principal, 'ReadProgramme', {});
    if (decision.allowed) return;
    for (const body of new Set(bodies)) {
      if (!mayAct(principal, 'ReadProgramme', { body }).allowed) continue;
      if ((await this.ports.views.programme.province(body)).roles.length > 0) return;
    }
    throw new Problem('not-authorised', { detail: decision.message });
  }
}
