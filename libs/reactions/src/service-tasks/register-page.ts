import type { Json } from '@iter/process-model';
import type { JobNow } from './activate.ts';
import type { Work } from './built-in.ts';

export interface RegisterPagePorts {
  readonly jobNow: JobNow;
  /** The staff of a body as the register has it now: contexts with `employeeRef`; null: the body is not there. */
  staff(ipa: string): Promise<Json>;
}

const mostAPage = 500;

/**
 * `register-page`: reads a body's staff page by page, so that no variable of a case ever holds the staff of a whole
 * Province. Header `register` is `staff`, `size` how many a page holds; the variable `of` names the body (IPA code), `after`
 * the last person of the page before (null: the first page). Gives `page`, in the order of `employeeRef`, and `next`: what
 * `after` is for the page that follows, null after the last one. Who enters or leaves meanwhile moves nobody else.
 */
export const registerPage =
  ({ jobNow, staff }: RegisterPagePorts): Work =>
  async ({ caseId, key, headers }) => {
    if (headers['register'] !== 'staff') throw new Error('only the register staff is read page by page');
    const job = await jobNow(caseId, key);
    if (!job) throw new Error('the job is over');
    const { of: body, after = null } = job.variables;
    if (typeof body !== 'string') throw new Error('the variable "of" names no body');
    const people = await staff(body);
    if (!Array.isArray(people)) throw new Error('the register knows no staff of this body');
    return pageOf(people, typeof after === 'string' ? after : null, sizeOf(headers['size']));
  };

function sizeOf(header: string | undefined): number {
  const size = Number(header ?? mostAPage);
  if (Number.isInteger(size) && size >= 1 && size <= mostAPage) return size;
  throw new Error(`the header "size" is a whole number from 1 to ${mostAPage}`);
}

type Person = Readonly<Record<string, Json>> & { readonly employeeRef: string };

const isPerson = (it: Json): it is Person =>
  typeof it === 'object' &&
  it !== null &&
  !Array.isArray(it) &&
  typeof (it as Person).employeeRef === 'string';

/** Those after somebody, as many as fit. Pure. */
export function pageOf(
  people: readonly Json[],
  after: string | null,
  size: number,
): { readonly page: readonly Person[]; readonly next: string | null } {
  const left = people
    .filter(isPerson)
    .filter(({ employeeRef }) => after === null || employeeRef > after)
    .sort((a, b) => (a.employeeRef < b.employeeRef ? -1 : 1));
  const page = left.slice(0, size);
  return { page, next: left.length > size ? page.at(-1)!.employeeRef : null };
}
