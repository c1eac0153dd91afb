import { useTranslation } from 'react-i18next';
import { useBoards } from '../../api/registers.ts';
import type { Board } from '../../api/registers.ts';
import { useMay } from '../../session/session.tsx';
import { BodyChoice, useBodyOf } from './body-choice.tsx';
import type { Entry, Field } from './fields.tsx';
import { RegisterOf, RowActs } from './register.tsx';
import type { Acts } from './register.tsx';
import { usePeriod } from './words.ts';

type Member = Board['members'][number];
/** Of the first row of a board, a member may be added to it. */
type Row = { readonly board: Board; readonly member: Member | null; readonly isFirst: boolean };

const kinds = ['UPD', 'EXAMINATION'] as const;
const roles = ['PRESIDENT', 'MEMBER', 'SECRETARY', 'SUBSTITUTE'] as const;

/** The fields of the board that every line about one of its members repeats. */
const ofBoard = ({ id, kind, name, act, validFrom, validTo }: Board): Entry => ({
  ...{ id, kind, boardName: name, act: act ?? '', validFrom, validTo: validTo ?? '' },
});
const ofMember = ({ name, account, role, gender }: Member): Entry => ({
  ...{ name, account: account ?? '', role, gender: gender ?? '' },
});

/**
 * Who judges and who examines, a row for each member: with whom they may not is for the head of the service alone.
 * A member is known by the account, or by the name where there is none: who is corrected keeps what they are known by.
 */
export function Boards() {
  const { t } = useTranslation();
  const may = useMay();
  const period = usePeriod();
  const ipa = useBodyOf('own');
  const fields: readonly Field[] = [
    { key: 'id', label: t('registers.boardId'), kind: 'text', required: true, names: true, maxLength: 40 },
    {
      ...{ key: 'kind', label: t('registers.kind'), kind: 'choice', required: true },
      options: kinds.map((one) => [one, t(`registers.boardKinds.${one}`)]),
    },
    { key: 'boardName', label: t('registers.boardName'), kind: 'text', required: true, maxLength: 120 },
    { key: 'act', label: t('registers.act'), kind: 'text' },
    { key: 'validFrom', label: t('registers.from'), kind: 'date', required: true },
    { key: 'validTo', label: t('registers.to'), kind: 'date' },
    {
      ...{ key: 'name', label: t('registers.member'), kind: 'text', required: true, maxLength: 120 },
      names: ({ name = '', account = '' }) => name !== '' && account === '',
    },
    {
      ...{ key: 'account', label: t('registers.account'), kind: 'text', maxLength: 40 },
      names: ({ name = '' }) => name !== '',
    },
    {
      ...{ key: 'role', label: t('registers.memberRole'), kind: 'choice', required: true },
      options: roles.map((one) => [one, t(`registers.memberRoles.${one}`)]),
    },
    {
      ...{ key: 'gender', label: t('registers.gender'), kind: 'choice', help: t('registers.genderHelp') },
      options: (['F', 'M'] as const).map((one) => [one, one]),
    },
    {
      ...{ key: 'withEmployee', label: t('registers.withEmployee'), kind: 'text', maxLength: 40 },
      help: t('registers.withHelp'),
    },
    { key: 'withAccount', label: t('registers.withAccount'), kind: 'text', maxLength: 40 },
    { key: 'reason', label: t('registers.withReason'), kind: 'text', maxLength: 300 },
  ];
  return (
    <RegisterOf<Board, Row>
      register="boards"
      ipa={ipa}
      list={useBoards(ipa)}
      rowsOf={(boards) =>
        boards.flatMap((board): readonly Row[] =>
          board.members.length === 0
            ? [{ board, member: null, isFirst: true }]
            : board.members.map((member, at) => ({ board, member, isFirst: at === 0 })),
        )
      }
      rowKey={({ board, member }) => member?.entry ?? board.id}
      columns={[
        {
          id: 'board',
          head: t('registers.board'),
          className: 'desk-col-main',
          cell: ({ board }) => (
            <>
              <span className="fw-semibold">{board.name}</span>
              <span className="desk-sub">
                {t(`registers.boardKinds.${board.kind as 'UPD'}`)} · {board.id} ·{' '}
                {period(board.validFrom, board.validTo)}
              </span>
            </>
          ),
        },
        {
          id: 'member',
          head: t('registers.member'),
          cell: ({ member }) =>
            member && (
              <>
                {member.name}
                {member.account !== null && <span className="desk-sub">{member.account}</span>}
              </>
            ),
        },
        {
          id: 'role',
          head: t('registers.memberRole'),
          cell: ({ member }) => member && t(`registers.memberRoles.${member.role as 'MEMBER'}`),
        },
        {
          id: 'incompatible',
          head: t('registers.incompatibilities'),
          cell: ({ member }) =>
            member?.incompatibilities.map((it) => (
              <span key={it.entry} className="d-block">
                {otherOf(it)}
                <span className="desk-sub">{it.reason}</span>
              </span>
            )),
        },
      ]}
      mayWrite={ipa !== null && may('RecordBoards')}
      fields={fields}
      fresh={{ kind: 'UPD' }}
      filters={<BodyChoice value={ipa} />}
      versionOf={({ board }) => board.version}
      actsOf={(row, acts) => <BoardActs ipa={ipa ?? ''} row={row} acts={acts} />}
    />
  );
}

const otherOf = ({ employeeRef, account }: Member['incompatibilities'][number]): string =>
  employeeRef ?? account ?? '';

interface BoardActsProps {
  readonly ipa: string;
  readonly row: Row;
  readonly acts: Acts<Row>;
}

function BoardActs({ ipa, row, acts }: BoardActsProps) {
  const { t } = useTranslation();
  const { board, member, isFirst } = row;
  const { correct, withdraw } = acts;
  return (
    <>
      {member && (
        <RowActs
          name={member.name}
          onCorrect={() =>
            correct(row, (it) => ({ ...ofBoard(it.board), ...(it.member && ofMember(it.member)) }))
          }
          onWithdraw={() => withdraw(row, { ipa, entry: member.entry, name: member.name })}
        />
      )}
      {member?.incompatibilities.map((it) => (
        <button
          key={it.entry}
          type="button"
          className="btn btn-sm btn-outline-secondary d-block mt-2"
          onClick={() => withdraw(row, { ipa, entry: it.entry, name: `${member.name}, ${otherOf(it)}` })}
        >
          {t('registers.withdrawDeclaration', { other: otherOf(it) })}
          <span className="visually-hidden">: {member.name}</span>
        </button>
      ))}
      {isFirst && (
        <button
          type="button"
          className="btn btn-sm btn-outline-primary d-block mt-2"
          aria-label={`${t('registers.addMember')}: ${board.name}`}
          onClick={() => correct(row, (it) => ofBoard(it.board))}
        >
          {t('registers.addMember')}
        </button>
      )}
    </>
  );
}
