import type { Principal } from '@iter/access';
import { mostEvents } from '@iter/channels/calendar';
import { atRome, romeDate, startOfNextDay } from '@iter/legal-calendar';
import type { Progress } from '@iter/event-store/following';
import {
  actRegister,
  casesOfVersion,
  certificateChain,
  comuneDashboard,
  doublePresences,
  draftForgetter,
  drafts,
  dueColours,
  escalationFigures,
  everything,
  findCase,
  findDraft,
  findStandings,
  idsOfProcess,
  findTask,
  forgetFilter,
  hasActed,
  hasPath,
  hoursLedger,
  incidentFigures,
  InvalidCursor,
  keepDraft,
  knowersOf,
  ledgerLines,
  levelIndicators,
  listCases,
  listDeadlines,
  listEscalations,
  listIncidents,
  listMaterials,
  listNotices,
  listTasks,
  machineIncidents,
  markNoticesRead,
  ownEditions,
  processFigures,
  processesBegun,
  programmeBoard,
  provinceCard,
  putOff,
  savedFilters,
  saveFilter,
  setDueColours,
  statistics,
  termRegister,
  trainerDaySheet,
  trainingCatalogue,
  versionFigures,
  viewerOf,
} from '@iter/read-models';
import type { DeadlineItem, Lists, ListPage } from '@iter/read-models';
import { Problem } from './problems/problem.ts';
import { territoryNow } from './session/territory.ts';
import type {
  ApiPorts,
  LibraryViews,
  OperatorViews,
  PageRequest,
  ProgrammeViews,
  Register,
  Reliance,
  TrainingViews,
  Views,
} from './ports.ts';

export interface ViewParts {
  readonly lists: Lists;
  readonly progress: Progress;
  readonly clock: { now(): string };
  readonly bodies: ApiPorts['bodies'];
}

const paging = ({ limit, cursor }: PageRequest) => ({ limit, ...(cursor !== null && { cursor }) });

/** One Comune as the list of Comuni that a filter takes. */
const narrowed = <F extends { readonly comune?: string }>({ comune, ...filter }: F) => ({
  ...filter,
  ...(comune !== undefined && { comuni: [comune] }),
});

const answered = async <T>(page: Promise<T>): Promise<T> => {
  try {
    return await page;
  } catch (error) {
    if (error instanceof InvalidCursor) throw new Problem('cursor-invalid');
    throw error;
  }
};

/** The pages of a list, up to so many items. */
async function upTo<T>(
  most: number,
  load: (page: PageRequest) => Promise<ListPage<T>>,
): Promise<Register<T>> {
  const items: T[] = [];
  for (let cursor: string | null = null; ;) {
    const page: ListPage<T> = await load({ limit: Math.min(200, most - items.length), cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null || items.length >= most) return { items, complete: cursor === null };
  }
}

/** Every page of a list that something else bounds. */
const all = async <T>(load: (page: PageRequest) => Promise<ListPage<T>>): Promise<readonly T[]> =>
  (await upTo(Infinity, load)).items;

/** States that name several: the others are one each. */
const deadlineStates = (state: string | undefined) =>
  state === undefined || state === 'running' || state === 'all' ? state : [state as DeadlineItem['state']];

/** The queries of `@iter/read-models` as the controllers ask them. The edge has checked the words of the filters. */
export function createViews({ lists, progress, clock, bodies }: ViewParts): Views {
  const counting = (principal: Principal) => viewerOf(principal, territoryNow({ bodies, clock }, principal));
  const deadlines = (principal: Principal, filter: object, page: PageRequest) =>
    answered(listDeadlines(lists, viewerOf(principal), { ...filter, ...paging(page) }));

  const today = () => romeDate(clock.now());
  const forget = draftForgetter(lists);

  return {
    cases: (principal, { involved, ...filter }, page) => {
      const viewer = viewerOf(principal);
      return answered(
        listCases(lists, involved === 'true' ? { ...viewer, involvedOnly: true } : viewer, {
          ...(narrowed(filter) as object),
          ...paging(page),
        }),
      );
    },
    case: (principal, id) => findCase(lists, viewerOf(principal), id),
    knowers: (id) => knowersOf(lists, id),
    tasks: (principal, { assigned, facts, ...filter }, page) =>
      answered(
        listTasks(
          lists,
          viewerOf(principal),
          {
            ...(narrowed(filter) as object),
            ...(facts !== undefined && { facts: facts.split(',') }),
            whose: (assigned as 'mine' | 'group' | 'later' | 'all' | undefined) ?? 'all',
            ...paging(page),
          },
          today(),
        ),
      ),
    task: (principal, id) => findTask(lists, viewerOf(principal), id, today()),
    deadlines: (principal, { state, nature, ...filter }, page) =>
      deadlines(
        principal,
        {
          ...narrowed(filter),
          state: deadlineStates(state),
          ...(nature !== undefined && { nature: [nature] }),
        },
        page,
      ),
    async feedDeadlines(principal, body, until) {
      const viewer = viewerOf(principal);
      const comuni = body === null ? undefined : [body, ...(principal.serves[body] ?? [])];
      const { items } = await upTo(mostEvents / 2, (page) =>
        listDeadlines(lists, body === null ? { ...viewer, involvedOnly: true } : viewer, {
          comuni,
          dueTo: until,
          ...paging(page),
        }),
      );
      return items;
    },
    findings: (principal, { year, ...asked }, page) =>
      deadlines(
        principal,
        { ...asked, state: 'all', dueFrom: `${year}-01-01`, dueTo: `${year}-12-31` },
        page,
      ),
    termRegister: (principal, { state, nature, ...filter }, most) =>
      upTo(most, (page) =>
        termRegister(lists, viewerOf(principal), {
          ...narrowed(filter),
          state: deadlineStates(state),
          ...(nature !== undefined && { nature: [nature as DeadlineItem['nature']] }),
          ...paging(page),
        }),
      ),
    actRegister: (principal, { from, to, ...filter }, most) =>
      upTo(most, (page) =>
        actRegister(lists, viewerOf(principal), {
          ...narrowed(filter),
          from: atRome(from, '00:00'),
          before: startOfNextDay(to),
          ...paging(page),
        }),
      ),
    ledger: (principal, name, filter, page) =>
      answered(ledgerLines(lists, viewerOf(principal), name, { ...narrowed(filter), ...paging(page) })),
    deadlinesOf: (principal, caseId) => all((page) => deadlines(principal, { caseId, state: 'all' }, page)),
    escalations: (principal, { assigned, ...filter }, page) =>
      answered(
        listEscalations(lists, viewerOf(principal), {
          ...(narrowed(filter) as object),
          whose: (assigned as 'mine' | 'free' | 'all' | undefined) ?? 'all',
          ...paging(page),
        }),
      ),
    escalationFigures: (principal, { from, to, ...filter }) =>
      escalationFigures(lists, counting(principal), { from, to, ...narrowed(filter) }, clock.now()),
    statistics: (principal, filter) => statistics(lists, counting(principal), narrowed(filter)),
    incidents: (principal, filter, page) =>
      answered(
        listIncidents(lists, viewerOf(principal), { ...(narrowed(filter) as object), ...paging(page) }),
      ),
    notices: (principal, { unread }, page) =>
      answered(listNotices(lists, viewerOf(principal), { unreadOnly: unread, ...paging(page) })),
    async markRead(principal, noticeId) {
      const caseId = noticeId.slice(0, Math.max(0, noticeId.indexOf('.')));
      const mine = await all((page) => listNotices(lists, viewerOf(principal), { caseId, ...paging(page) }));
      if (!mine.some(({ id }) => id === noticeId)) return false;
      await markNoticesRead(lists, principal.account, [noticeId], clock.now());
      return true;
    },
    reach: (position, timeoutMs) => progress.waitFor(position, timeoutMs),
    training: trainingOf(lists.views),
    programme: programmeOf(lists.views),
    library: libraryOf(lists.views, clock),
    reliance: relianceOf(lists.views),
    operator: operatorOf(lists.views),
    personal: {
      filters: (account) => savedFilters(lists, account),
      saveFilter: (account, filter) => saveFilter(lists, account, filter),
      forgetFilter: (account, filter) => forgetFilter(lists, account, filter),
      putOff: (account, task, until) => putOff(lists, account, task, until, today()),
      dueColours: (account) => dueColours(lists, account),
      setDueColours: (account, chosen) => setDueColours(lists, account, chosen),
      drafts: (account) => drafts(lists, account, clock.now()),
      draft: (account, form) => findDraft(lists, account, form, clock.now()),
      keepDraft: (account, draft) => keepDraft(lists, account, draft, clock.now()),
      forgetDraft: async (account, form) => void (await forget({ account, form, sentAt: clock.now() })),
    },
  };
}

const trainingOf = (views: Lists['views']): TrainingViews => ({
  catalogue: () => trainingCatalogue(views),
  dashboard: (comune, year) => comuneDashboard(views, everything, { comune, year }),
  doublePresences: (body, year) => doublePresences(views, { body, year }),
  ledger: (comuni, person, year) => hoursLedger(views, { ...everything, comuni }, { ...person, year }),
  ownEditions: (account) => ownEditions(views, account),
  daySheet: (account, day) => trainerDaySheet(views, { account, day }),
  indicators: async (caseId) => (await levelIndicators(views, { caseId }))[0] ?? null,
  chain: (certificateNo) => certificateChain(views, everything, certificateNo),
});

const programmeOf = (views: Lists['views']): ProgrammeViews => ({
  board: (year) => programmeBoard(views, year === undefined ? {} : { year }),
  province: (ipa) => provinceCard(views, ipa),
});

const relianceOf = (views: Lists['views']): Reliance => ({
  processesBegun: (body, period) => processesBegun(views, body, period),
  hasActed: (account, role, period) => hasActed(views, account, role, period),
  hasPath: (body, employeeRef) => hasPath(views, body, employeeRef),
});

const mostFound = 20;

const operatorOf = (views: Lists['views']): OperatorViews => ({
  versions: () => versionFigures(views),
  casesOfVersion: (of, after, limit) => casesOfVersion(views, of, after, limit),
  find: (asked) => findStandings(views, asked, mostFound),
  ofProcess: (process, ids) => idsOfProcess(views, process, ids),
  incidents: (filter, after, limit) => machineIncidents(views, filter, after, limit),
  openIncidents: () => incidentFigures(views),
});

const yearMs = 365 * 86_400_000;

const libraryOf = (views: Lists['views'], clock: ViewParts['clock']): LibraryViews => ({
  materials: (filter, page) => answered(listMaterials(views, { ...filter, ...page })),
  figures: (processes) =>
    processFigures(views, processes, new Date(Date.parse(clock.now()) - yearMs).toISOString()),
});
