import type { FeedDeadline } from '@iter/channels/calendar';
import { atRome, isOfLaw } from '@iter/legal-calendar';
import type { DeadlineItem } from '@iter/read-models';

/** A deadline as a calendar shows it: code, body, words of the catalogue, dates and a link; nothing personal. */
export function feedDeadline(item: DeadlineItem, publicUrl: string, body: string): FeedDeadline {
  const { id, caseId, caseCode, label, nature, safeActionDate, legalDueDate, changes, openedAt, ladder } =
    item;
  const byFeed = ladder.steps.filter(({ by }) => by?.includes('feed')).map(({ at }) => at);
  return {
    ...{ id, caseCode, body, label: label.it, safeActionDate, legalDueDate },
    isOfLaw: isOfLaw(nature),
    changedAt: changes.at(-1)?.at ?? openedAt,
    // The first is that it was opened.
    changes: Math.max(0, changes.length - 1),
    link: `${publicUrl}/cases/${caseId}`,
    reminders: [...new Set([...byFeed, morningOf(safeActionDate)])].sort(),
  };
}

/** 08:00 of the day; of an instant an hour before. */
const morningOf = (date: string): string =>
  date.length === 10 ? atRome(date, '08:00') : new Date(Date.parse(date) - 3_600_000).toISOString();
