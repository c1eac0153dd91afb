import type { Act } from '@iter/access';
import type { Lists, Paging } from '../querying/list.ts';
import type { Viewer } from '../querying/viewer.ts';
import type { ListPage } from '../views.ts';
import { listLedger as eligibilityLists } from './eligibility-lists.ts';
import { hearingDiary } from './hearings.ts';
import { inspectorateRegister } from './inspectorate.ts';
import { headOf, listLedger } from './ledger.ts';
import type { Ledger, LedgerFilter, LedgerHead, LedgerLine } from './ledger.ts';
import { needsRegister } from './needs.ts';
import { pipeline } from './pipeline.ts';
import { publicationRegister } from './publications.ts';
import { rankingLedger } from './rankings.ts';

export { cellKinds } from './ledger.ts';
export type { LedgerCell, LedgerColumn, LedgerFilter, LedgerHead, LedgerLine } from './ledger.ts';

const all = {
  hearings: hearingDiary,
  inspectorate: inspectorateRegister,
  pipeline,
  needs: needsRegister,
  lists: eligibilityLists,
  rankings: rankingLedger,
  publications: publicationRegister,
} satisfies Readonly<Record<string, unknown>>;

export type LedgerName = keyof typeof all;

export const ledgerNames = Object.keys(all) as readonly LedgerName[];

const named = (name: LedgerName): Ledger<never> => all[name] as Ledger<never>;

/** Who may read lines of it at all. */
export const ledgerAct = (name: LedgerName): Act => named(name).act;

export const ledgerHead = (name: LedgerName): LedgerHead => headOf(named(name));

/**
 * One page of a register of the services.
 * @throws InvalidCursor
 */
export const ledgerLines = (
  lists: Lists,
  viewer: Viewer,
  name: LedgerName,
  filter: LedgerFilter & Paging,
): Promise<ListPage<LedgerLine>> => listLedger(lists, viewer, named(name), filter);
