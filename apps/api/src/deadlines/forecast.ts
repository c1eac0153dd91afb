import type { DeadlineCommand, DeadlineForecast } from '@iter/commands';
import { romeDate } from '@iter/legal-calendar';
import type { DeadlinePreviewDto, DeadlineProspectDto } from '../dto/deadlines.ts';
import { Problem } from '../problems/problem.ts';

/** A forecast is no act: whoever asks has not said why yet. */
const reason = 'anteprima';

/** The command that a preview asks about. @throws Problem 422 naming what is missing */
export function commandOf(deadline: string, asked: DeadlinePreviewDto): DeadlineCommand {
  const need = <K extends keyof DeadlinePreviewDto>(name: K): NonNullable<DeadlinePreviewDto[K]> => {
    const value = asked[name];
    if (value !== undefined) return value as NonNullable<DeadlinePreviewDto[K]>;
    const message = {
      it: `Per «${asked.operation}» serve ${name}.`,
      en: `“${asked.operation}” needs ${name}.`,
    };
    throw new Problem('request-invalid', {
      detail: message,
      errors: [{ pointer: `/${name}`, code: 'required', message }],
    });
  };
  switch (asked.operation) {
    case 'suspend':
      return { type: 'SuspendDeadline', deadline, on: need('on'), reason };
    case 'resume':
      return { type: 'ResumeDeadline', deadline, on: need('on'), reason };
    case 'extend':
      return { type: 'ExtendDeadline', deadline, days: need('days'), reason };
    case 'interrupt':
      return { type: 'InterruptDeadline', deadline, base: need('date'), reason };
    case 'rebase':
      return { type: 'RebaseDeadline', deadline, baseName: need('baseName'), date: need('date'), reason };
    case 'rectify':
      return { type: 'RectifyDeadline', deadline, on: need('on'), reason };
    case 'prove':
      return { type: 'ProveDeadline', deadline, baseName: need('baseName'), proof: need('proof') };
    default:
      return { type: 'ReissueLadder', deadline, reason };
  }
}

/** A deadline as it is or would be, with the day of its next reminder. */
export function prospectOf(
  { status, plan }: NonNullable<DeadlineForecast['before']>,
  now: string,
): DeadlineProspectDto {
  const { base, nominalDate, legalDueDate, safeActionDate, earliestActionDate, explanation, ladder } = plan;
  const next = ladder.steps.find(({ at }) => at > now);
  return {
    state: status,
    ...{ base, nominalDate, legalDueDate, safeActionDate, earliestActionDate },
    explanation: [...explanation],
    nextStepOn: next ? romeDate(next.at) : null,
    steps: ladder.steps.length,
  };
}
