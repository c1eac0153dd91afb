import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema.d.ts';
import { Choice } from '../../ui/choice.tsx';
import { choicesOf, factsFrom, factsTo } from './facts.ts';

interface FactChoicesProps {
  readonly facts: readonly components['schemas']['FactDto'][];
  /** As the address has them. */
  readonly chosen: string;
  readonly onChange: (chosen: string) => void;
}

/** What the cases of the chosen process say: a choice for each of its facts. */
export function FactChoices({ facts, chosen, onChange }: FactChoicesProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const now = factsFrom(chosen);
  return choicesOf(facts, now).map(({ name, label, values }) => (
    <Choice
      key={name}
      id={`fact-${name}`}
      label={label[language]}
      value={now.get(name) ?? ''}
      onChange={(value) => onChange(factsTo(new Map(now).set(name, value)))}
    >
      {values.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label?.[language] ?? t(one.value === 'true' ? 'inbox.yes' : 'inbox.no')}
        </option>
      ))}
    </Choice>
  ));
}
