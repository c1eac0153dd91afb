import { competition } from './competition.ts';
import { desk } from './desk.ts';
import { disciplinary } from './disciplinary.ts';
import { ahead, always, contextOf } from './habit.ts';
import type { Habit, Habits } from './habit.ts';
import { onboarding } from './onboarding.ts';
import { programme } from './programme.ts';
import { selection } from './selection.ts';
import { training } from './training.ts';

/** The same wherever they are asked. */
const anywhere: Readonly<Record<string, Habit>> = {
  staffCategory: always('EMPLOYEE'),
  employeeRef: ({ registers, comune, random }) => registers.employeeOf(comune, random),
  caseCode: ({ caseName }) => caseName.replace('#', '-'),
  serviceModel: ({ registers, comune, seen }) =>
    seen['serviceModel'] ??
    contextOf(registers.contents['convention']![comune])['serviceModel'] ??
    'FULL_UPD',
  expectedReceiptAt: ahead(7),
  openCases: always(0),
};

const byElement: Habits = {
  ...desk,
  ...disciplinary,
  ...selection,
  ...competition,
  ...training,
  ...onboarding,
  ...programme,
};

/** Somebody's habit for a field of an element. */
export function habitOf(element: string, key: string): Habit | undefined {
  return byElement[element]?.[key] ?? anywhere[key];
}
