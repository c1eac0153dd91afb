import { sequence } from '../support/diagrams.ts';

/** The process of W1: user tasks one after the other, and what is handed in. */
export const key = 'w1';
export const tasks = 10;
export const diagram = { name: `${key}.bpmn`, text: sequence(key, tasks) };
export const startValues = { employeeRef: 'E-1', amount: 12_345, when: '2026-03-06' };
export const taskValues = (i: number) => ({ decidedBy: 'operatore', outcome: `step ${i}` });
