import { useTranslation } from 'react-i18next';
import { useNameOf, usePeople } from '../../api/people.ts';
import { useAllOffices, useOffices, useStaff } from '../../api/registers.ts';
import type { Office, StaffEntry } from '../../api/registers.ts';
import { useMay } from '../../session/session.tsx';
import { Choice } from '../../ui/choice.tsx';
import { useFilters } from '../../ui/filters.ts';
import { BodyChoice, useBodyOf } from './body-choice.tsx';
import type { Field } from './fields.tsx';
import { RegisterOf, RowActs } from './register.tsx';
import { Search } from './search.tsx';
import { usePeriod } from './words.ts';

export function Offices() {
  const { t } = useTranslation();
  const may = useMay();
  const period = usePeriod();
  const [params] = useFilters();
  const ipa = useBodyOf('comune');
  const all = useAllOffices(ipa);
  const nameOf = useNameOf();
  const heads = (usePeople().data ?? []).filter(({ offices }) =>
    offices.some(({ role, body }) => role === 'STRUCTURE_HEAD' && body === ipa),
  );
  const fields: readonly Field[] = [
    { key: 'code', label: t('registers.code'), kind: 'text', required: true, names: true, maxLength: 40 },
    { key: 'name', label: t('registers.office'), kind: 'text', required: true, maxLength: 120 },
    { key: 'head', label: t('registers.head'), kind: 'text', help: t('registers.headHelp'), maxLength: 40 },
    {
      ...{ key: 'headAccount', label: t('registers.headAccount'), kind: 'choice' },
      options: headsAmong(heads, all).map((account) => [account, `${nameOf(account)} (${account})`]),
      help: t('registers.headAccountHelp'),
    },
    {
      ...{ key: 'parent', label: t('registers.parent'), kind: 'choice' },
      options: all.map(({ code, name }) => [code, name]),
    },
    { key: 'from', label: t('registers.from'), kind: 'date', required: true },
    { key: 'to', label: t('registers.to'), kind: 'date', help: t('registers.officeEndHelp') },
  ];
  return (
    <RegisterOf<Office, Office>
      register="offices"
      ipa={ipa}
      list={useOffices(ipa, params.get('text') ?? '')}
      rowsOf={(items) => items}
      rowKey={({ code }) => code}
      columns={[
        {
          id: 'name',
          head: t('registers.office'),
          className: 'desk-col-main',
          cell: ({ code, name }) => (
            <>
              <span className="fw-semibold">{name}</span>
              <span className="desk-sub">{code}</span>
            </>
          ),
        },
        { id: 'parent', head: t('registers.parent'), cell: ({ parentName }) => parentName ?? '–' },
        {
          id: 'head',
          head: t('registers.head'),
          cell: ({ head, headAccount }) => (
            <>
              {head ?? '–'}
              <span className="desk-sub">
                {headAccount === null ? t('registers.headAccountNone') : nameOf(headAccount)}
              </span>
            </>
          ),
        },
        { id: 'period', head: t('registers.period'), cell: ({ from, to }) => period(from, to) },
      ]}
      mayWrite={ipa !== null && may('RecordStaff')}
      fields={fields}
      filters={
        <>
          <BodyChoice value={ipa} />
          <Search label={t('registers.searchOffice')} />
        </>
      }
      versionOf={({ version }) => version}
      actsOf={(office, { correct, withdraw }) => (
        <RowActs
          name={office.name}
          onCorrect={() =>
            correct(office, ({ code, name, head, headAccount, parent, from, to }) => ({
              ...{ code, name, head: head ?? '', headAccount: headAccount ?? '' },
              ...{ parent: parent ?? '', from, to: to ?? '' },
            }))
          }
          onWithdraw={() => withdraw(office, { ipa: ipa ?? '', entry: office.code, name: office.name })}
        />
      )}
    />
  );
}

/** Accounts that may be named: those who head at the body now, and those that are named already. */
const headsAmong = (
  heads: readonly { readonly account: string }[],
  offices: readonly Office[],
): readonly string[] => [
  ...new Set([
    ...heads.map(({ account }) => account),
    ...offices.flatMap(({ headAccount }) => headAccount ?? []),
  ]),
];

const areas = ['OPERATORI', 'OPERATORI_ESPERTI', 'ISTRUTTORI', 'FUNZIONARI'] as const;

export function Staff() {
  const { t } = useTranslation();
  const may = useMay();
  const period = usePeriod();
  const [params, set] = useFilters();
  const ipa = useBodyOf('comune');
  const offices = useAllOffices(ipa);
  const fields: readonly Field[] = [
    {
      ...{ key: 'employeeRef', label: t('registers.employeeRef'), kind: 'text', required: true, names: true },
      ...{ help: t('registers.employeeRefHelp'), maxLength: 40 },
    },
    {
      ...{ key: 'office', label: t('registers.office'), kind: 'choice', required: true },
      options: offices.map(({ code, name }) => [code, name]),
      help: t('registers.officeHelp'),
    },
    {
      ...{ key: 'area', label: t('registers.area'), kind: 'choice', required: true },
      options: areas.map((one) => [one, t(`registers.areas.${one}`)]),
    },
    { key: 'hiredOn', label: t('registers.hiredOn'), kind: 'date', required: true },
    { key: 'leftOn', label: t('registers.leftOn'), kind: 'date' },
  ];
  return (
    <RegisterOf<StaffEntry, StaffEntry>
      register="staff"
      ipa={ipa}
      list={useStaff(ipa, params.get('office') ?? '')}
      rowsOf={(items) => items}
      rowKey={({ employeeRef }) => employeeRef}
      columns={[
        {
          id: 'ref',
          head: t('registers.employeeRef'),
          className: 'desk-col-main',
          cell: ({ employeeRef }) => <span className="fw-semibold">{employeeRef}</span>,
        },
        { id: 'office', head: t('registers.office'), cell: ({ officeName }) => officeName },
        {
          id: 'area',
          head: t('registers.area'),
          cell: ({ area }) => t(`registers.areas.${area as 'OPERATORI'}`),
        },
        {
          id: 'period',
          head: t('registers.inService'),
          cell: ({ hiredOn, leftOn }) => period(hiredOn, leftOn),
        },
      ]}
      mayWrite={ipa !== null && may('RecordStaff')}
      fields={fields}
      filters={
        <>
          <BodyChoice value={ipa} />
          <Choice
            id="office"
            label={t('registers.office')}
            value={params.get('office') ?? ''}
            onChange={(value) => set('office', value)}
          >
            {offices.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Choice>
        </>
      }
      versionOf={({ version }) => version}
      actsOf={(row, { correct, withdraw }) => (
        <RowActs
          name={row.employeeRef}
          onCorrect={() =>
            correct(row, ({ employeeRef, office, area, hiredOn, leftOn }) => ({
              ...{ employeeRef, office, area, hiredOn, leftOn: leftOn ?? '' },
            }))
          }
          onWithdraw={() => withdraw(row, { ipa: ipa ?? '', entry: row.employeeRef, name: row.employeeRef })}
        />
      )}
    />
  );
}
