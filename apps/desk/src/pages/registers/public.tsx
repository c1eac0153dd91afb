import { useTranslation } from 'react-i18next';
import { useAllBodies, useBodies, useConventions, useMailboxes } from '../../api/registers.ts';
import type { Convention, Mailbox, RegisteredBody } from '../../api/registers.ts';
import { useMay } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { formatDate } from '../../time/format.ts';
import { useFilters } from '../../ui/filters.ts';
import type { Field, Option } from './fields.tsx';
import { RegisterOf, RowActs } from './register.tsx';
import { Search } from './search.tsx';
import { usePeriod } from './words.ts';
import { useWrites } from './use-writes.ts';

/** Bodies as choices of a field. */
const useBodyOptions = (is: (body: RegisteredBody) => boolean = () => true): readonly Option[] =>
  useAllBodies()
    .filter(is)
    .map(({ ipa, name }) => [ipa, name] as const);

const kinds = { comune: 'comune', union: 'unione', province: 'provincia', other: 'altro' } as const;

export function Bodies() {
  const { t } = useTranslation();
  const may = useMay();
  const [params] = useFilters();
  const provinces = useBodyOptions(({ kind }) => kind === 'province');
  const fields: readonly Field[] = [
    { key: 'ipa', label: t('registers.ipa'), kind: 'text', required: true, names: true, maxLength: 30 },
    { key: 'name', label: t('registers.bodyName'), kind: 'text', required: true },
    {
      ...{ key: 'kind', label: t('registers.kind'), kind: 'choice', required: true, names: true },
      options: Object.entries(kinds).map(([kind, word]) => [word, t(`registers.kinds.${kind as 'comune'}`)]),
    },
    {
      ...{
        key: 'province',
        label: t('registers.territory'),
        kind: 'choice',
        names: true,
        options: provinces,
      },
    },
  ];
  return (
    <RegisterOf<RegisteredBody, RegisteredBody>
      register="bodies"
      list={useBodies(params.get('text') ?? '')}
      rowsOf={(items) => items}
      rowKey={({ ipa }) => ipa}
      columns={[
        { id: 'name', head: t('registers.bodyName'), className: 'desk-col-main', cell: ({ name }) => name },
        { id: 'ipa', head: t('registers.ipa'), cell: ({ ipa }) => ipa },
        {
          id: 'kind',
          head: t('registers.kind'),
          cell: ({ kind }) => t(`registers.kinds.${kind as 'comune'}`),
        },
        {
          id: 'province',
          head: t('registers.territory'),
          cell: ({ province }) => provinces.find(([code]) => code === province)?.[1] ?? province ?? '–',
        },
      ]}
      mayWrite={may('RegisterBody')}
      fields={fields}
      filters={<Search label={t('registers.searchBody')} />}
      versionOf={({ version }) => version}
      actsOf={(row, { correct }) =>
        row.kind in kinds && (
          <RowActs
            name={row.name}
            onCorrect={() =>
              correct(row, ({ ipa, name, kind, province }) => ({
                ...{ ipa, name, kind: kinds[kind as keyof typeof kinds], province: province ?? '' },
              }))
            }
          />
        )
      }
    />
  );
}

const services = ['discipline', 'selection', 'training', 'onboarding'] as const;
const models = ['FULL_UPD', 'SUPPORT'] as const;
/** Kinds of bodies that have conventions with a Province. */
const joins: readonly string[] = ['comune', 'union', 'other'];

export function Conventions() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const today = useToday();
  const period = usePeriod();
  const [params] = useFilters();
  const writes = useWrites();
  const comuni = useBodyOptions(({ ipa, kind }) => joins.includes(kind) && writes(ipa));
  const provinces = useBodyOptions(({ kind }) => kind === 'province');
  const fields: readonly Field[] = [
    {
      ...{ key: 'comune', label: t('common.comune'), kind: 'choice', required: true, names: true },
      options: comuni,
    },
    { key: 'id', label: t('registers.number'), kind: 'text', required: true, names: true },
    {
      ...{ key: 'province', label: t('registers.province'), kind: 'choice', required: true },
      options: provinces,
    },
    {
      ...{ key: 'services', label: t('registers.services'), kind: 'many', required: true },
      options: services.map((one) => [one, t(`statistics.services.${one}`)]),
    },
    {
      ...{ key: 'serviceModel', label: t('registers.model'), kind: 'choice', required: true },
      options: models.map((one) => [one, t(`registers.models.${one}`)]),
    },
    { key: 'validFrom', label: t('registers.from'), kind: 'date', required: true },
    { key: 'validTo', label: t('registers.to'), kind: 'date', help: t('registers.endHelp') },
    {
      ...{ key: 'startsUntil', label: t('registers.startsUntil'), kind: 'date' },
      help: t('registers.startsUntilHelp'),
    },
    { key: 'rulesAct', label: t('registers.rulesAct'), kind: 'text', help: t('registers.rulesActHelp') },
    {
      ...{ key: 'agreedSanction', label: t('registers.agreedSanction'), kind: 'choice', required: true },
      options: (['no', 'yes'] as const).map((one) => [one, t(`list.${one}`)]),
    },
  ];
  return (
    <RegisterOf<Convention, Convention>
      register="conventions"
      list={useConventions(params.get('text') ?? '')}
      rowsOf={(items) => items}
      rowKey={({ comune, id }) => `${comune} ${id}`}
      columns={[
        {
          id: 'comune',
          head: t('common.comune'),
          className: 'desk-col-main',
          cell: ({ comuneName, id, province, territory }) => (
            <>
              <span className="fw-semibold">{comuneName}</span>
              <span className="desk-sub">{id}</span>
              {territory !== null && territory !== province && (
                <span className="desk-sub">{t('registers.elsewhere')}</span>
              )}
            </>
          ),
        },
        {
          id: 'services',
          head: t('registers.services'),
          cell: (it) => it.services.map((one) => t(`statistics.services.${one as 'training'}`)).join(', '),
        },
        {
          id: 'model',
          head: t('registers.model'),
          cell: ({ serviceModel, agreedSanction }) => (
            <>
              {t(`registers.models.${serviceModel as 'SUPPORT'}`)}
              {agreedSanction && <span className="desk-sub">{t('registers.agreedSanction')}</span>}
            </>
          ),
        },
        {
          id: 'period',
          head: t('registers.period'),
          cell: ({ validFrom, validTo, startsUntil }) => (
            <>
              {period(validFrom, validTo)}
              {startsUntil !== null && (
                <span className="desk-sub">
                  {t('registers.startsUntil')} {formatDate(startsUntil, i18n.language)}
                </span>
              )}
              {validTo !== null && validTo < today && <span className="desk-sub">{t('registers.over')}</span>}
            </>
          ),
        },
      ]}
      mayWrite={may('RecordConvention')}
      fields={fields}
      fresh={{
        agreedSanction: 'no',
        ...(provinces.length === 1 && { province: provinces[0]?.[0] ?? '' }),
      }}
      filters={<Search label={t('registers.searchBody')} />}
      versionOf={({ version }) => version}
      actsOf={(row, { correct, withdraw }) =>
        writes(row.comune) && (
          <RowActs
            name={`${row.comuneName} ${row.id}`}
            onCorrect={() =>
              correct(row, (it) => ({
                ...{ comune: it.comune, id: it.id, province: it.province, services: it.services.join('+') },
                ...{ serviceModel: it.serviceModel, validFrom: it.validFrom, validTo: it.validTo ?? '' },
                ...{ startsUntil: it.startsUntil ?? '', rulesAct: it.rulesAct ?? '' },
                ...{ agreedSanction: it.agreedSanction ? 'yes' : 'no' },
              }))
            }
            onWithdraw={() => withdraw(row, { ipa: row.comune, entry: row.id, name: row.id })}
          />
        )
      }
    />
  );
}

const mailKinds = ['CERTIFIED_MAIL', 'MAIL'] as const;
const purposes = ['PROTOCOL', 'DISCIPLINE', 'STAFF', 'OTHER'] as const;

export function Mailboxes() {
  const { t } = useTranslation();
  const may = useMay();
  const [params] = useFilters();
  const writes = useWrites();
  const bodies = useBodyOptions(({ ipa }) => writes(ipa));
  const fields: readonly Field[] = [
    {
      ...{ key: 'body', label: t('common.comune'), kind: 'choice', required: true, names: true },
      options: bodies,
    },
    {
      ...{ key: 'address', label: t('registers.address'), kind: 'text', required: true, names: true },
      maxLength: 254,
    },
    {
      ...{ key: 'kind', label: t('registers.mailKind'), kind: 'choice', required: true },
      options: mailKinds.map((one) => [one, t(`registers.mailKinds.${one}`)]),
    },
    {
      ...{ key: 'purpose', label: t('registers.purpose'), kind: 'choice', required: true },
      options: purposes.map((one) => [one, t(`registers.purposes.${one}`)]),
    },
  ];
  return (
    <RegisterOf<Mailbox, Mailbox>
      register="mailboxes"
      list={useMailboxes(params.get('text') ?? '')}
      rowsOf={(items) => items}
      rowKey={({ body, address }) => `${body} ${address}`}
      columns={[
        {
          id: 'address',
          head: t('registers.address'),
          className: 'desk-col-main',
          cell: ({ address }) => <span className="desk-breakable">{address}</span>,
        },
        { id: 'body', head: t('common.comune'), cell: ({ bodyName }) => bodyName },
        {
          id: 'kind',
          head: t('registers.mailKind'),
          cell: ({ kind }) => t(`registers.mailKinds.${kind as 'MAIL'}`),
        },
        {
          id: 'purpose',
          head: t('registers.purpose'),
          cell: ({ purpose }) => t(`registers.purposes.${purpose as 'OTHER'}`),
        },
      ]}
      mayWrite={may('RecordMailbox')}
      fields={fields}
      fresh={{ kind: 'CERTIFIED_MAIL', purpose: 'PROTOCOL' }}
      filters={<Search label={t('registers.searchMailbox')} />}
      versionOf={({ version }) => version}
      actsOf={(row, { correct, withdraw }) =>
        writes(row.body) && (
          <RowActs
            name={row.address}
            onCorrect={() =>
              correct(row, ({ body, address, kind, purpose }) => ({ body, address, kind, purpose }))
            }
            onWithdraw={() => withdraw(row, { ipa: row.body, entry: row.address, name: row.address })}
          />
        )
      }
    />
  );
}
