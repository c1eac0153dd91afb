import type { Headship } from '@iter/access';
import type { Staff, StaffEntry } from '../staff/entries.ts';
import { officeNamed } from './office.ts';
import type { Office, Offices } from './office.ts';

/** Where a headship is looked up. */
export interface HeadshipOf {
  readonly staff: Staff;
  readonly offices: Offices;
  /** Civil day on which it is asked. */
  readonly on: string;
  /** Whether an account can be asked: it is there, enabled, and head of a structure of the body. */
  isHead(account: string): boolean;
  /** Accounts of the Segretario of the body. */
  secretaries(): readonly string[];
}

const isOpen = ({ from, to }: Office, on: string): boolean => from <= on && (to === null || on <= to);

/**
 * The head of structure of somebody: of the office that the person works in; of an office that is closed, or names nobody who
 * can be asked, the head of the one that it is part of. Nobody is its own head: for who heads an office it is the office above,
 * and above all offices the Segretario.
 * Norm: D.Lgs. 165/2001 art. 55-bis c. 1 and 4. Source: domain/disciplinary.md § 2.
 */
export function headshipOf(
  employeeRef: string,
  { staff, offices, on, isHead, secretaries }: HeadshipOf,
): Headship {
  const own = [
    ...new Set(
      [...offices.values()].flatMap(({ head, headAccount }) =>
        head === employeeRef && headAccount !== null ? [headAccount] : [],
      ),
    ),
  ];
  const mayBeAsked = (account: string): boolean => !own.includes(account);
  const above = chainOf(staff.get(employeeRef), offices, on);
  for (const { head, headAccount } of above) {
    if (head === employeeRef || headAccount === null) continue;
    if (mayBeAsked(headAccount) && isHead(headAccount)) return { heads: [headAccount], own };
  }
  const headsItself = [...offices.values()].some((it) => it.head === employeeRef && isOpen(it, on));
  return { heads: headsItself ? secretaries().filter(mayBeAsked) : [], own };
}

/** The office that somebody works in and those that it is part of, from the nearest; only those that are there on the day. */
function chainOf(entry: StaffEntry | undefined, offices: Offices, on: string): readonly Office[] {
  const chain: Office[] = [];
  let office = entry ? officeNamed(offices, entry.office) : null;
  while (office && !chain.includes(office)) {
    chain.push(office);
    office = office.parent === null ? null : (offices.get(office.parent) ?? null);
  }
  return chain.filter((it) => isOpen(it, on));
}
