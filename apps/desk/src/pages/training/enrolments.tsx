import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import { useOwnEnrolments } from '../../api/training.ts';
import type { OwnEnrolments } from '../../api/training.ts';
import { Form } from '../../form/form.tsx';
import { forget } from '../../form/kept-drafts.ts';
import type { Values } from '../../form/values.ts';
import { useSession } from '../../session/session.tsx';
import { formatDay } from '../../time/format.ts';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { Empty, Loaded, Note, Problem } from '../../ui/feedback.tsx';
import { FigureList } from '../../ui/figures.tsx';
import { Page } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';

/** Hands in a message for a body; what it says is sent as the form has it. */
const useHandIn = (caseId: string, comune: string) =>
  useCommand(({ message, variables }: { readonly message: string; readonly variables: Values }, header) =>
    api.POST('/api/v1/cases/{id}/hand-ins', {
      params: { path: { id: caseId }, header: { ...header } },
      body: { body: comune, message, variables },
    }),
  );

/** The people of one body in an edition: who is enrolled or waits, and to enrol and withdraw them. */
export default function Enrolments() {
  const { t } = useTranslation();
  const { id = '', comune = '' } = useParams();
  const { bodies } = useSession();
  const enrolments = useOwnEnrolments(id, comune);
  const name = bodies.find(({ code }) => code === comune)?.name ?? comune;
  return (
    <Page
      title={enrolments.data?.title ?? t('training.title')}
      lead={t('training.own.own', { body: name })}
      before={<Link to="/training">{t('training.own.back')}</Link>}
    >
      <Loaded query={enrolments} lines={8}>
        {(data) => <Shown caseId={id} comune={comune} enrolments={data} />}
      </Loaded>
    </Page>
  );
}

interface ShownProps {
  readonly caseId: string;
  readonly comune: string;
  readonly enrolments: OwnEnrolments;
}

function Shown({ caseId, comune, enrolments }: ShownProps) {
  const { t, i18n } = useTranslation();
  const [done, setDone] = useState<string | null>(null);
  const { maxSeats, freeSeats, waiting, seatsPerComune, closesOn, people, handIns } = enrolments;
  const offered = (message: string) => handIns.find((one) => one.message === message);
  const [enrol, withdraw] = [offered('enrolled'), offered('withdrawn')];
  return (
    <>
      <FigureList
        figures={[
          {
            id: 'free',
            label: t('training.own.places'),
            value: t('training.seatsOf', { free: freeSeats, all: maxSeats }),
          },
          { id: 'waiting', label: t('training.own.onList'), value: String(waiting) },
          {
            id: 'perComune',
            label: t('training.own.perComune'),
            value: seatsPerComune === null ? t('training.own.perNone') : String(seatsPerComune),
          },
          {
            id: 'closes',
            label: t('training.own.closes'),
            value: closesOn === null ? '—' : formatDay(closesOn, i18n.language),
          },
        ]}
      />
      <div role="status">{done !== null && <Note kind="success">{done}</Note>}</div>
      <section className="desk-section" aria-labelledby="people">
        <h2 id="people" className="h4">
          {t('training.own.people')}
        </h2>
        {people.length === 0 ? (
          <Empty icon="user" title={t('training.own.peopleNone')}>
            {t('training.own.peopleNoneText')}
          </Empty>
        ) : (
          <People
            people={people}
            withdrawal={
              withdraw === undefined ? null : { caseId, comune, message: withdraw.message, onDone: setDone }
            }
          />
        )}
      </section>
      {enrol === undefined ? (
        <Note kind="info" title={t('training.own.closed')}>
          {t('training.own.closedText')}
        </Note>
      ) : (
        <Add {...{ caseId, comune, offer: enrol, onDone: setDone }} />
      )}
    </>
  );
}

type Person = OwnEnrolments['people'][number];

interface Withdrawal {
  readonly caseId: string;
  readonly comune: string;
  readonly message: string;
  readonly onDone: (said: string) => void;
}

interface PeopleProps {
  readonly people: readonly Person[];
  /** Null: nobody is taken out any more. */
  readonly withdrawal: Withdrawal | null;
}

function People({ people, withdrawal }: PeopleProps) {
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState<string | null>(null);
  return (
    <>
      <Table
        caption={t('training.own.people')}
        rows={people}
        rowKey={({ employeeRef }) => employeeRef}
        columns={[
          {
            id: 'person',
            head: t('training.person'),
            className: 'desk-col-main',
            cell: ({ employeeRef }) => <strong>{employeeRef}</strong>,
          },
          { id: 'account', head: t('training.own.account'), cell: ({ account }) => account ?? '—' },
          {
            id: 'standing',
            head: t('training.own.standing'),
            cell: ({ waitingPlace: place }) =>
              place === null ? t('training.own.seat') : t('training.own.place', { place }),
          },
          ...(withdrawal === null
            ? []
            : [
                {
                  ...{ id: 'act', head: t('training.own.act'), quiet: true },
                  cell: ({ employeeRef: ref }: Person) => (
                    <button
                      type="button"
                      className="btn btn-outline-secondary btn-sm"
                      aria-label={t('training.own.takeOf', { ref })}
                      onClick={() => setLeaving(ref)}
                    >
                      {t('training.own.take')}
                    </button>
                  ),
                },
              ]),
        ]}
      />
      {withdrawal !== null && leaving !== null && (
        <Withdraw {...withdrawal} employeeRef={leaving} onClose={() => setLeaving(null)} />
      )}
    </>
  );
}

interface WithdrawProps extends Withdrawal {
  readonly employeeRef: string;
  readonly onClose: () => void;
}

function Withdraw({ caseId, comune, message, employeeRef: ref, onDone, onClose }: WithdrawProps) {
  const { t } = useTranslation();
  const handIn = useHandIn(caseId, comune);
  const send = async () => {
    await handIn.mutateAsync({ message, variables: { people: [{ employeeRef: ref }] } });
    onDone(t('training.own.taken', { ref }));
    onClose();
  };
  return (
    <Dialog title={t('training.own.takeTitle', { ref })} onClose={onClose}>
      {handIn.error !== null && <Problem error={handIn.error} focus />}
      <p>{t('training.own.takeText')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send().catch(() => undefined);
        }}
      >
        <DialogFoot
          submit={handIn.isPending ? t('training.own.taking') : t('training.own.take')}
          disabled={handIn.isPending}
          danger
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}

interface AddProps extends Pick<Withdrawal, 'caseId' | 'comune' | 'onDone'> {
  readonly offer: OwnEnrolments['handIns'][number];
}

function Add({ caseId, comune, offer: { message, form, definition }, onDone }: AddProps) {
  const { t } = useTranslation();
  const handIn = useHandIn(caseId, comune);
  const { account } = useSession();
  const name = `enrol.${caseId}.${comune}`;
  // Once they are enrolled it opens empty, for the next.
  const [turn, setTurn] = useState(0);
  const check = (variables: Values) =>
    body(
      api.POST('/api/v1/cases/{id}/hand-ins/check', {
        params: { path: { id: caseId } },
        body: { body: comune, message, variables },
      }),
    );
  return (
    <section className="desk-section" aria-labelledby="add">
      <h2 id="add" className="h4">
        {t('training.own.add')}
      </h2>
      <p>
        {t('training.own.staff')} <Link to="/registers?section=staff">{t('training.own.staffLink')}</Link>
      </p>
      <div className="desk-panel">
        <Form
          key={turn}
          name={name}
          schema={form}
          place={{ definition, comune }}
          variables={noVariables}
          submitLabel={t('training.own.send')}
          busy={handIn.isPending}
          problem={handIn.error}
          check={async (variables) => (await check(variables)).errors}
          onSubmit={async (variables) => {
            await handIn.mutateAsync({ message, variables });
            forget(account, name);
            setTurn(turn + 1);
            onDone(t('training.own.done'));
          }}
        />
      </div>
    </section>
  );
}

const noVariables: Values = {};
