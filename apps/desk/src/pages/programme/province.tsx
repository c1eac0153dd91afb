import { useTranslation } from 'react-i18next';
import { useProvinceCard } from '../../api/training.ts';
import type { ProgrammeBoard, ProvinceCard } from '../../api/training.ts';
import { Choice } from '../../ui/choice.tsx';
import { Loaded } from '../../ui/feedback.tsx';
import { Table } from '../../ui/table.tsx';
import { useThemeName } from './words.ts';

interface SectionProps {
  readonly provinces: ProgrammeBoard['provinces'];
  readonly picked: string | null;
  readonly onPick: (ipa: string) => void;
}

/** The card of the Province that one picks. */
export function ProvinceSection({ provinces, picked, onPick }: SectionProps) {
  const { t } = useTranslation();
  const ipa = provinces.find((one) => one.ipa === picked)?.ipa ?? null;
  const card = useProvinceCard(ipa);
  if (provinces.length === 0) return null;
  return (
    <section aria-labelledby="card">
      <h2 id="card" className="h5">
        {t('programme.card')}
      </h2>
      <div className="desk-filters">
        <Choice id="province" label={t('programme.province')} always value={ipa ?? ''} onChange={onPick}>
          <option value="">{t('programme.pick')}</option>
          {provinces.map((one) => (
            <option key={one.ipa} value={one.ipa}>
              {one.name}
            </option>
          ))}
        </Choice>
      </div>
      <div aria-live="polite">
        {ipa !== null && (
          <Loaded query={card} lines={3}>
            {(data) => <Card card={data} />}
          </Loaded>
        )}
      </div>
    </section>
  );
}

function Card({ card: { province, roles } }: { readonly card: ProvinceCard }) {
  const { t } = useTranslation();
  const themeName = useThemeName();
  const nothing = t('programme.nothing');
  return (
    <>
      <h3 className="h6">{t('programme.cardOf', { name: province.name })}</h3>
      <Table
        caption={t('programme.cardOf', { name: province.name })}
        rows={roles}
        rowKey={({ edition }) => edition}
        columns={[
          {
            id: 'theme',
            head: t('programme.theme'),
            cell: ({ theme, year }) => (year === null ? themeName(theme) : `${themeName(theme)}, ${year}`),
          },
          {
            id: 'roles',
            head: t('programme.roles'),
            cell: ({ focusTutor, pathTutor, participant }) =>
              [
                ...(focusTutor ? [t('programme.role.focus')] : []),
                ...(pathTutor ? [t('programme.role.path')] : []),
                ...(participant ? [t('programme.role.participant')] : []),
              ].join(', ') || nothing,
          },
          {
            id: 'path',
            head: t('programme.path'),
            cell: ({ path }) => (path === null ? nothing : t(`programme.pathStages.${path}`)),
          },
          { id: 'tutor', head: t('programme.tutor'), cell: ({ tutor }) => tutor?.name ?? nothing },
          {
            id: 'follows',
            head: t('programme.follows'),
            cell: ({ follows }) => follows.map(({ name }) => name).join(', ') || nothing,
          },
        ]}
      />
    </>
  );
}
