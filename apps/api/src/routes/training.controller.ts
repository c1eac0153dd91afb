import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { mayAct } from '@iter/access';
import { romeDate } from '@iter/legal-calendar';
import type { Principal } from '@iter/access';
import type {
  OpenCourse,
  CertificateChain,
  DaySheetSession,
  DoublePresence,
  HoursLedger,
  LevelIndicators,
  OwnEdition,
} from '@iter/read-models';
import { masked, pseudonymWith } from '../case-file/pseudonymise.ts';
import { ListOf } from '../dto/page.ts';
import {
  CertificateChainDto,
  CourseDto,
  DashboardQuery,
  DaySheetDto,
  DaySheetQuery,
  DoublePresenceDto,
  HoursLedgerDto,
  LedgerQuery,
  LevelIndicatorsDto,
  OwnEditionDto,
  OwnEnrolmentsDto,
  OwnPeopleQuery,
  TrainingDashboardDto,
} from '../dto/training.ts';
import { caseIdFrom } from '../http/ids.ts';
import { Problem, refused } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow, bodiesFor } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import { ownEnrolments } from '../training/own-people.ts';

/** Courses, hours and certificates: hours are about persons, so each reading asks whose body or own they are. */
@ApiTags('training')
@Controller('api/v1/training')
export class TrainingController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get('catalogue')
  @ApiOperation({ summary: 'Editions open to enrolment, with free seats, the next first' })
  @ListOf(CourseDto)
  async catalogue(
    @Caller() principal: Principal,
  ): Promise<{ readonly items: readonly (OpenCourse & Pick<CourseDto, 'enrols'>)[] }> {
    allow(principal, 'ReadCourses', {});
    const on = romeDate(this.ports.clock.now());
    const served = [...new Set(principal.grants.map(({ body }) => body))]
      .filter((body) => mayAct(principal, 'HandIn', { body }).allowed)
      .map((body) => ({ body, by: this.ports.bodies.convention(body, 'training-course', on)?.province }));
    const courses = await this.ports.views.training.catalogue();
    const enrols = (course: OpenCourse) =>
      served.flatMap(({ body, by }) => (by === course.comune ? [body] : []));
    return { items: courses.map((course) => ({ ...course, enrols: enrols(course) })) };
  }

  @Get('editions/:caseId/own-people')
  @ApiOperation({
    summary: 'Who of one’s own body is enrolled in an edition or waits, and what the body may hand in to it',
    description:
      'For bodies that the Province of the edition serves; of others not even that it is there is told.',
  })
  @ApiOkResponse({ type: OwnEnrolmentsDto })
  async ownPeople(
    @Caller() principal: Principal,
    @Param('caseId') id: string,
    @Query() { comune }: OwnPeopleQuery,
  ): Promise<OwnEnrolmentsDto> {
    const reading = await this.ports.cases.readHandIns({ caseId: caseIdFrom(id), principal, body: comune });
    if (reading.outcome === 'rejected') throw refused(reading.rejection);
    const { state, messages } = reading;
    if (state.process !== 'training-course') throw new Problem('case-not-found');
    const enrolments = ownEnrolments(state, comune);
    const handIns = messages.flatMap(({ name, label, servedForm, definition }) => {
      const form = this.ports.catalog.form(definition, servedForm);
      return form ? [{ message: name, label: label ?? name, formId: servedForm, form, definition }] : [];
    });
    return { ...enrolments, people: [...enrolments.people], handIns };
  }

  @Get('dashboard')
  @ApiOperation({ summary: 'A Comune’s training in a year: hours, who has reached them, the forecast' })
  @ApiOkResponse({ type: TrainingDashboardDto })
  async dashboard(
    @Caller() principal: Principal,
    @Query() { comune, year }: DashboardQuery,
  ): Promise<unknown> {
    allow(principal, 'ReadTraining', { body: comune });
    const dashboard = await this.ports.views.training.dashboard(comune, year);
    if (dashboard === null) throw new Problem('not-found');
    return { ...dashboard, comuneName: this.ports.bodies.nameOf(comune) };
  }

  @Get('double-presences')
  @ApiOperation({
    summary: 'Persons in two sessions at the same time, at a body’s courses in a year',
    description: 'One of the two registers is wrong. At most a hundred, the earliest first.',
  })
  @ListOf(DoublePresenceDto)
  async doublePresences(
    @Caller() principal: Principal,
    @Query() { comune, year }: DashboardQuery,
  ): Promise<{ readonly items: readonly DoublePresence[] }> {
    allow(principal, 'ReadTraining', { body: comune });
    return { items: await this.ports.views.training.doublePresences(comune, year) };
  }

  @Get('ledger/:employeeRef')
  @ApiOperation({
    summary: 'The hours of a person in a year, with where each comes from',
    description:
      'One’s own, at all employers; for an employer’s staff office and the desk that serves it, those of its paths.',
  })
  @ApiOkResponse({ type: HoursLedgerDto })
  async ledger(
    @Caller() principal: Principal,
    @Param('employeeRef') employeeRef: string,
    @Query() { employer, year }: LedgerQuery,
  ): Promise<HoursLedger> {
    const bodies = bodiesFor(principal, 'ReadLedger', { account: employeeRef });
    if (employer === undefined && employeeRef !== principal.account) {
      const message = {
        it: 'Indicare di quale ente è il riferimento.',
        en: 'Name the body whose reference it is.',
      };
      throw new Problem('request-invalid', { errors: [{ pointer: '/employer', code: 'required', message }] });
    }
    const ledger = await this.ports.views.training.ledger(bodies, { employeeRef, employer }, year);
    if (ledger === null) {
      // One's own is empty until a path opens; of others nobody is told whether they are there.
      if (employer === undefined) return { employeeRef, year, creditedHours: 0, paths: [], entries: [] };
      throw new Problem('not-found');
    }
    const paths = ledger.paths.map((path) => ({
      ...path,
      comuneName: this.ports.bodies.nameOf(path.comune),
    }));
    return { ...ledger, paths };
  }

  @Get('own-editions')
  @ApiOperation({
    summary: 'The editions that one teaches or was convened to, with one’s own outcome',
    description: 'At most a hundred, the latest first; nothing of anybody else in them.',
  })
  @ListOf(OwnEditionDto)
  async ownEditions(@Caller() principal: Principal): Promise<{ readonly items: readonly OwnEdition[] }> {
    const { account } = principal;
    allow(principal, 'ReadOwnEditions', { account });
    return { items: await this.ports.views.training.ownEditions(account) };
  }

  @Get('day-sheet')
  @ApiOperation({ summary: 'The trainer’s own sessions of a day, who is expected, what is filed' })
  @ListOf(DaySheetDto)
  async daySheet(
    @Caller() principal: Principal,
    @Query() { on }: DaySheetQuery,
  ): Promise<{ readonly items: readonly DaySheetSession[] }> {
    const { account } = principal;
    allow(principal, 'ReadDaySheet', { account });
    return { items: await this.ports.views.training.daySheet(account, on) };
  }

  @Get('editions/:caseId/indicators')
  @ApiOperation({ summary: 'The four levels of evaluation of a closed edition; nothing of fewer than five' })
  @ApiOkResponse({ type: LevelIndicatorsDto })
  async indicators(
    @Caller() principal: Principal,
    @Param('caseId') caseId: string,
  ): Promise<LevelIndicators> {
    allow(principal, 'ReadStatistics', {});
    const indicators = await this.ports.views.training.indicators(caseId);
    if (indicators === null) throw new Problem('not-found');
    return indicators;
  }

  @Get('certificates/:number/chain')
  @ApiOperation({ summary: 'From a certificate back to the minutes of each session and who filed them' })
  @ApiOkResponse({ type: CertificateChainDto })
  async chain(
    @Caller() principal: Principal,
    @Param('number') certificateNo: string,
  ): Promise<CertificateChain> {
    const bodies = bodiesFor(principal, 'ReadCertificate', {});
    const chain = await this.ports.views.training.chain(certificateNo);
    const body = chain && [chain.employer, chain.comune].find((it) => bodies.includes(it));
    // Of others not even that it exists is told.
    if (!chain || body === undefined || body === null) throw new Problem('not-found');
    const decision = mayAct(principal, 'ReadCertificate', { body });
    if (decision.allowed && !decision.pseudonymised) return chain;
    return this.#underPseudonyms(chain);
  }

  #underPseudonyms(chain: CertificateChain): CertificateChain {
    const pseudonym = pseudonymWith(this.ports.pseudonymKey);
    return {
      ...chain,
      employeeRef: pseudonym(chain.employeeRef),
      sessions: chain.sessions.map((session) => ({
        ...session,
        filedBy: pseudonym(session.filedBy),
        source: session.source === null ? null : masked,
      })),
    };
  }
}
