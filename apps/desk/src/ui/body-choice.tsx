import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.tsx';
import { Choice } from './choice.tsx';

interface BodyChoiceProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Narrows a list to one of the bodies that the person works for. */
export function BodyChoice({ value, onChange }: BodyChoiceProps) {
  const { t } = useTranslation();
  const { bodies } = useSession();
  return (
    <Choice id="comune" label={t('common.comune')} value={value} onChange={onChange}>
      {bodies.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Choice>
  );
}
