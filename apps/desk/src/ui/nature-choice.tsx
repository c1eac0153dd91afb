import { useTranslation } from 'react-i18next';
import { Choice } from './choice.tsx';

export const natures = [
  'PEREMPTORY',
  'DIRECTORY',
  'DILATORY',
  'VALIDITY',
  'EFFECT',
  'CONTRACTUAL',
  'SERVICE_LEVEL',
] as const;

interface NatureChoiceProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Narrows a list to the terms of one nature. */
export function NatureChoice({ value, onChange }: NatureChoiceProps) {
  const { t } = useTranslation();
  return (
    <Choice id="nature" label={t('deadlines.nature')} value={value} onChange={onChange}>
      {natures.map((nature) => (
        <option key={nature} value={nature}>
          {t(`nature.${nature}`)}
        </option>
      ))}
    </Choice>
  );
}
