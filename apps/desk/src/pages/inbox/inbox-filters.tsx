import { useTranslation } from 'react-i18next';
import { useDefinitions } from '../../api/queries.ts';
import { useReach } from '../../session/session.tsx';
import { Choice } from '../../ui/choice.tsx';
import type { SetFilter } from '../../ui/filters.ts';
import { Search } from '../../ui/search.tsx';
import { FactChoices } from './fact-choices.tsx';

/** Days from today within which something is due, by their names in the address. */
export const horizons = { today: 0, week: 7, month: 30 } as const;
export type Horizon = keyof typeof horizons;
export const horizonNames = Object.keys(horizons) as Horizon[];

interface FiltersProps {
  readonly params: URLSearchParams;
  readonly set: SetFilter;
}

/** Narrows the inbox; all of it stands in the address. */
export function InboxFilters({ params, set }: FiltersProps) {
  const { t, i18n } = useTranslation();
  const bodies = useReach();
  const definitions = useDefinitions();
  const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
    a.name.localeCompare(b.name, i18n.language);
  const value = (name: string) => params.get(name) ?? '';
  return (
    <form className="desk-filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <Search
        label={t('inbox.text')}
        help={t('inbox.textHelp')}
        value={value('text')}
        onChange={(text) => set('text', text)}
      />
      <Choice
        id="within"
        label={t('inbox.within')}
        value={value('within')}
        onChange={(within) => set('within', within)}
      >
        {horizonNames.map((one) => (
          <option key={one} value={one}>
            {t(`inbox.horizon.${one}`)}
          </option>
        ))}
      </Choice>
      <Choice
        id="process"
        label={t('common.process')}
        value={value('process')}
        onChange={(process) => set('process', process, 'facts')}
      >
        {definitions.data?.map(({ key, name }) => (
          <option key={key} value={key} lang="it">
            {name}
          </option>
        ))}
      </Choice>
      <Choice
        id="comune"
        label={t('common.comune')}
        value={value('comune')}
        onChange={(comune) => set('comune', comune)}
      >
        {bodies.toSorted(byName).map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Choice>
      {definitions.data && (
        <FactChoices
          facts={definitions.data.find(({ key }) => key === value('process'))?.facts ?? []}
          chosen={value('facts')}
          onChange={(facts) => set('facts', facts)}
        />
      )}
    </form>
  );
}
