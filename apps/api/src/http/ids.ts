import { Problem } from '../problems/problem.ts';
import type { ProblemCode } from '../problems/catalogue.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const key = /^[0-9a-z]{1,40}(-[0-9a-z]{1,20}){0,3}$/;

/** @throws Problem 404: what cannot be a case's id names no case */
export function caseIdFrom(id: string): string {
  if (!uuid.test(id)) throw new Problem('case-not-found');
  return id;
}

/** The case and the key in it that a public id names: `<caseId>.<key>`. @throws Problem 404 with the code given */
export function partsOf(
  id: string,
  notFound: ProblemCode,
): { readonly caseId: string; readonly key: string } {
  const dot = id.indexOf('.');
  const parts = { caseId: id.slice(0, dot), key: id.slice(dot + 1) };
  if (dot < 0 || !uuid.test(parts.caseId) || !key.test(parts.key)) throw new Problem(notFound);
  return parts;
}
