import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RegisteredTerm } from '../../api/model.ts';
import { urgencyIcons, useStanding } from '../../ui/due.tsx';
import { Icon } from '../../ui/icon.tsx';
import { deadlineIcon, useDeadlineState } from '../../ui/state.tsx';

/** A term in a box of the calendar: its name and case; how pressing it is by icon and colour, and in words for who hears it. */
export function Entry({ term }: { readonly term: RegisteredTerm }) {
  const { i18n } = useTranslation();
  const stateOf = useDeadlineState();
  const { urgency, words } = useStanding({
    ...{ safe: term.safeActionDate, legal: term.legalDueDate, earliest: term.earliestActionDate },
    ...{ nature: term.nature, since: term.openedAt },
  });
  const isOpen = term.state === 'open';
  return (
    <li>
      <Link
        className={`desk-entry desk-entry-${isOpen ? urgency : 'done'}`}
        to={`/cases/${term.caseId}?section=deadlines`}
      >
        <Icon name={isOpen ? urgencyIcons[urgency] : deadlineIcon(term.state)} size="xs" />
        <span>
          <span className="desk-entry-name">{term.label[i18n.language === 'en' ? 'en' : 'it']}</span>{' '}
          <span className="desk-entry-case">{term.caseCode}</span>
          <span className="visually-hidden">, {isOpen ? words : stateOf(term.state, term)}</span>
        </span>
      </Link>
    </li>
  );
}
