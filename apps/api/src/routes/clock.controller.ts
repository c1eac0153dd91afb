import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { ClockDto, MoveClockDto } from '../dto/requests.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

/** Registered in demo mode only: elsewhere the path does not exist. */
@ApiTags('operations')
@Controller('api/v1/operations/clock')
export class ClockController {
  /** Moves that were asked for, so that one that is repeated is not made twice. */
  readonly #moved = new Map<string, Promise<ClockDto>>();

  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'The engine’s time (demo only)' })
  @ApiOkResponse({ type: ClockDto })
  read(@Caller() principal: Principal): ClockDto {
    allow(principal, 'ReadOperations', {});
    return this.#now();
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Move the time of all processes forward (demo only)' })
  @ApiOkResponse({ type: ClockDto })
  move(@Command() { principal, idempotencyKey }: Asked, @Body() body: MoveClockDto): Promise<ClockDto> {
    allow(principal, 'MoveClock', {});
    const key = `${principal.account} ${idempotencyKey}`;
    const known = this.#moved.get(key);
    if (known) return known;
    if (this.#moved.size >= 1_000) this.#moved.clear();
    const moved = this.#move(body);
    this.#moved.set(key, moved);
    moved.catch(() => this.#moved.delete(key));
    return moved;
  }

  async #move({ advance, to }: MoveClockDto): Promise<ClockDto> {
    if ((advance === undefined) === (to === undefined)) {
      throw new Problem('request-invalid', {
        errors: [
          {
            ...{ pointer: '/advance', code: 'one-of' },
            message: { it: 'Indicare «advance» oppure «to».', en: 'Give either “advance” or “to”.' },
          },
        ],
      });
    }
    const now = Date.parse(this.ports.clock.now());
    const target = to === undefined ? now + durationMs(advance!) : Date.parse(to);
    const ten = 10 * 366 * 86_400_000;
    if (target < now || target > now + ten) {
      throw new Problem('clock-goes-forward', {
        detail: {
          it: 'L’orologio va solo avanti, al massimo di dieci anni per volta.',
          en: 'The clock goes forward only, by ten years at most at a time.',
        },
      });
    }
    await this.ports.clock.advanceTo(new Date(target).toISOString());
    return this.#now();
  }

  #now(): ClockDto {
    const { clock } = this.ports;
    return { now: clock.now(), offsetMs: clock.offsetMs };
  }
}

/** Milliseconds of a duration in weeks, days, hours, minutes and seconds, each of fixed length. */
function durationMs(duration: string): number {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration)!;
  const units = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000];
  return units.reduce((total, unit, i) => total + unit * Number(parts[i + 1] ?? 0), 0);
}
