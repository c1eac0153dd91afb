export { areMarks, highest, lowest, smallestCell } from './surveys.ts';
export type { Answered, Issued, Marks, Question, Survey, Surveys, Totals } from './surveys.ts';
export { createPostgresSurveys, surveyMigrations } from './postgres.ts';
