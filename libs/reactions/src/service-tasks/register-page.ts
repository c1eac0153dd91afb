import type { Json } from '@iter/process-model';
import type { JobNow } from './activate.ts';
import type { Work } from './built-in.ts';

export interface RegisterPagePorts {
  readonly jobNow: JobNow;
  /** Staff of a body as the register has it now, in the order of `employeeRef`: `limit` of them behind `after`. */
  staff(ipa: string, after: string | null, limit: number): Promise<readonly Person[]>;
}

type Person = Readonly<Record<string, Json>> & { readonly employeeRef: string };

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
    const size = sizeOf(headers['size']);
    // One more tells whether a page follows.
    const people = await staff(body, typeof after === 'string' ? after : null, size + 1);
    const page = people.slice(0, size);
    return { page, next: people.length > size ? page.at(-1)!.employeeRef : null };
  };

function sizeOf(header: string | undefined): number {
  const size = Number(header ?? mostAPage);
  if (Number.isInteger(size) && size >= 1 && size <= mostAPage) return size;
  throw new Error(`the header "size" is a whole number from 1 to ${mostAPage}`);
}
