export { caseTold, codeOfCase } from './case-told.ts';
export type { Beginning, CaseTold } from './case-told.ts';
export type { LetterChannel, NoticePorts, PostFigures } from './post.ts';
export type { People, Person, SubstitutesOf } from './recipients.ts';
