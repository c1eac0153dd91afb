import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session.tsx';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { useFilters } from '../../ui/filters.ts';

/** The body that the address names, of mine and those that they serve; else the first Comune, or my own body. */
export function useBodyOf(first: 'comune' | 'own'): string | null {
  const { bodies, grants } = useSession();
  const [params] = useFilters();
  const codes = bodies.map(({ code }) => code);
  const own = grants[0]?.body;
  const comune = codes.find((code) => code.startsWith('c_'));
  return oneOf(codes, params.get('body')) ?? (first === 'comune' ? comune : own) ?? codes[0] ?? null;
}

/** Whose register is shown. */
export function BodyChoice({ value }: { readonly value: string | null }) {
  const { t } = useTranslation();
  const { bodies } = useSession();
  const [, set] = useFilters();
  return (
    <Choice
      id="body"
      label={t('common.comune')}
      always
      value={value ?? ''}
      onChange={(next) => set('body', next)}
    >
      {bodies.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Choice>
  );
}
