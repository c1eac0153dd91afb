import type { CaseFacts, Grant, Principal, Role } from './types.ts';

/**
 * Whose body a role is, for a case: the office that acts in it belongs to that body.
 *
 * - `province`: the Province that serves the body by a convention that covers the process; in a Province's own cases, itself;
 *   in what a Province left open when its convention ran out, also the body itself; in no case of the programme;
 * - `comune`: the body whose case, or task, it is;
 * - `author`: the legal author of the act: the Province under `FULL_UPD` for as long as it serves the body, else the body
 *   itself;
 * - `either`: the body or the Province that serves it;
 * - `programme`: the programme's body, in all cases of the programme and in no others;
 * - `member`: a Province that takes part, in its own cases and tasks of the programme;
 * - `machine`: the Province that serves the body, in the cases by which bodies come and go;
 * - `none`: no case at all.
 */
export type Seat = 'province' | 'comune' | 'author' | 'either' | 'programme' | 'member' | 'machine' | 'none';

/**
 * Source: domain/README.md, Roles; domain/disciplinary.md § 2; domain/onboarding-and-accompaniment.md § 2.
 * Norm: D.Lgs. 165/2001 art. 55-bis c. 3 (unified office by convention) for `author`.
 */
export const seats: Readonly<Record<Role, Seat>> = {
  DESK_OPERATOR: 'province',
  DESK_SUPERVISOR: 'province',
  UPD: 'author',
  STRUCTURE_HEAD: 'comune',
  COMUNE_HR: 'comune',
  SEGRETARIO: 'comune',
  COMMISSION: 'either',
  TRAINER: 'either',
  PARTICIPANT: 'either',
  AUDITOR: 'either',
  DPO: 'either',
  PROGRAMME_MANAGER: 'programme',
  EXPERT: 'programme',
  COMMUNITY_EDITOR: 'programme',
  PROVINCE_TUTOR: 'member',
  PROVINCE_PARTICIPANT: 'member',
  SYSTEM_OPERATOR: 'machine',
  WORKER: 'none',
  SYSTEM: 'none',
};

/** The bodies of these offices, and those that they serve, each once. */
export const bodiesOf = ({ grants, serves }: Pick<Principal, 'grants' | 'serves'>): readonly string[] => [
  ...new Set(grants.flatMap(({ body }) => [body, ...(serves[body] ?? [])])),
];

/** Of the lists that principals hold: who is asked where some hundred Comuni may begin what looks thousands of times. */
const known = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Whether the office of a body serves another one. */
export function isServed({ serves }: Pick<Principal, 'serves'>, by: string, body: string): boolean {
  const list = serves[by];
  if (list === undefined) return false;
  let served = known.get(list);
  if (!served) known.set(list, (served = new Set(list)));
  return served.has(body);
}

/** Cases of the accompaniment programme: its roles work in these and see no others. */
export const programmeProcesses = [
  'accompaniment-edition',
  'accompaniment-project-work',
  'community-contribution',
] as const;

/**
 * Cases in which bodies come and go: they begin before a convention is there and end after it is over, so the Province of the
 * territory, or of the convention (`Standing`), works in them whether it serves the body today or not, and the operator of the
 * system has tasks in them.
 */
const territorialProcesses = ['comune-onboarding', 'convention-lifecycle'] as const;

const isOneOf = (processes: readonly string[], process: string): boolean => processes.includes(process);

/** Whether bodies come and go in a process. */
export const isTerritorial = (process: string): boolean => isOneOf(territorialProcesses, process);

/** Whether a Province would enter into a convention with itself. */
export const joinsItself = ({ comune, process, territory }: CaseFacts): boolean =>
  comune === territory && isTerritorial(process);

/** Seats that a Province has in the territorial processes. */
const territorial: ReadonlySet<Seat> = new Set(['province', 'either', 'machine']);

/** Processes whose cases some of these roles may see whatever the body; each is decided by `mayAct`. */
export const processesAnywhere = (roles: readonly Role[]): readonly string[] => [
  ...(roles.some((role) => seats[role] === 'programme') ? programmeProcesses : []),
  ...(roles.some((role) => territorial.has(seats[role])) ? territorialProcesses : []),
];

/**
 * The bodies in whose coming and going these offices work without being or serving them: those that lie in the territory of
 * their Province, or had their convention with it. What they may do there, `mayAct` decides case by case.
 * @param all IPA codes to look among
 * @param provinceOf the Province of a body for a process (`Standing`)
 */
export function territoryOf(
  principal: Pick<Principal, 'grants' | 'serves'>,
  all: readonly string[],
  provinceOf: (body: string, process: string) => string | null,
): readonly string[] {
  const offices = principal.grants.filter(({ role }) => territorial.has(seats[role]) && !named.has(role));
  const provinces = new Set<string | null>(offices.map(({ body }) => body));
  const known = new Set(bodiesOf(principal));
  const isThere = (body: string): boolean =>
    territorialProcesses.some((process) => provinces.has(provinceOf(body, process)));
  return provinces.size === 0 ? [] : all.filter((body) => !known.has(body) && isThere(body));
}

/** Whether a role, also one that nobody knows, is an office in some case. */
export const isOffice = (role: string): role is Role =>
  Object.hasOwn(seats, role) && seats[role as Role] !== 'none';

/** Roles held for one procedure or edition, not for an office: who they are is said by the task. */
export const named: ReadonlySet<Role> = new Set(['COMMISSION', 'TRAINER', 'PARTICIPANT']);

/**
 * Whether this grant is the office that its role has in this case.
 * @param body whose office the task at hand is; null or absent: one of the case's body
 */
export function sitsIn(
  grant: Grant,
  principal: Principal,
  { comune, process, serviceModel, territory, isOver = false, isUnknown = false }: CaseFacts,
  body: string | null = null,
): boolean {
  if (isUnknown) return false;
  const at = body ?? comune;
  const own = grant.body === at;
  const served = !own && (body !== null || serviceModel !== null) && isServed(principal, grant.body, at);
  const inTerritory = grant.body === territory && (territory === comune || isTerritorial(process));
  switch (seats[grant.role]) {
    case 'province':
      // What a Province does in the programme is its referents': the desk is for the bodies that it serves.
      // Where the convention is over, what its desk had to do is the body's own to do.
      return (served || inTerritory || (isOver && own)) && !isOneOf(programmeProcesses, process);
    case 'comune':
      return own;
    case 'author':
      return serviceModel === 'FULL_UPD' && !isOver ? served : own;
    case 'either':
      return own || served || inTerritory;
    case 'programme':
      return isOneOf(programmeProcesses, process);
    case 'member':
      return own && isOneOf(programmeProcesses, process);
    case 'machine':
      return (served || inTerritory) && isTerritorial(process);
    case 'none':
      return false;
  }
}
