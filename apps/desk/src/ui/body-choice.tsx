import { useTranslation } from 'react-i18next';
import type { Session } from '../api/model.ts';
import { useSession } from '../session/session.tsx';
import { Choice } from './choice.tsx';

interface BodyChoiceProps {
  /** Absent: those that the person works for. */
  readonly among?: Session['bodies'];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Narrows a list to one body. */
export function BodyChoice({ among, value, onChange }: BodyChoiceProps) {
  const { t } = useTranslation();
  const { bodies } = useSession();
  return (
    <Choice id="comune" label={t('common.comune')} value={value} onChange={onChange}>
      {(among ?? bodies).map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Choice>
  );
}
