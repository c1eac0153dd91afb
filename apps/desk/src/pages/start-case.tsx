import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api, body } from '../api/client.ts';
import { useCommand } from '../api/commands.ts';
import { useDefinition, useDefinitions } from '../api/queries.ts';
import { Form } from '../form/form.tsx';
import type { Values } from '../form/values.ts';
import { useIsGuest, useReach, useSession } from '../session/session.tsx';
import { myStarts, startable } from '../session/startable.ts';
import { Empty, Loaded, Note, Problem } from '../ui/feedback.tsx';
import { Page } from '../ui/page.tsx';
import { StartCheck } from './start-check.tsx';

/** Starting a case: which procedure, for which Comune, and what the start form asks. */
export default function StartCase() {
  const { t } = useTranslation();
  const { grants } = useSession();
  const bodies = useReach();
  const navigate = useNavigate();
  const definitions = useDefinitions();
  // Who serves others starts most cases for them; competitions and training are the Province's own.
  const isOwn = ({ code }: { readonly code: string }) => grants.some((grant) => grant.body === code);
  const [params] = useSearchParams();
  const isGuest = useIsGuest();
  const mine = startable(definitions.data ?? []);
  const [chosen, setChosen] = useState(params.get('process') ?? '');
  const [place, setPlace] = useState('');
  const process = chosen || (mine.length === 1 ? (mine[0]?.key ?? '') : '');
  const ways = mine.find(({ key }) => key === process)?.starts ?? mine.flatMap((one) => one.starts);
  const open = bodies.filter(({ code }) => myStarts(ways, code).length > 0);
  const comuni = [...open.filter((one) => !isOwn(one)), ...open.filter(isOwn)];
  const known = comuni.some(({ code }) => code === place) ? place : '';
  const comune = known || (comuni.length === 1 ? (comuni[0]?.code ?? '') : '');
  const definition = useDefinition(process === '' ? null : process);
  const [way, setWay] = useState('');
  const starts = myStarts(definition.data?.starts ?? [], comune);
  const begun =
    starts.find(({ element }) => element === way) ??
    starts.find(({ message }) => message !== null && message === params.get('message')) ??
    starts.find(({ message }) => message === null) ??
    (starts.length === 1 ? starts[0] : undefined);
  const asked = { process, comune, ...(begun?.message && { message: begun.message }) };

  const start = useCommand((variables: Values, header) =>
    body(api.POST('/api/v1/cases', { params: { header: { ...header } }, body: { ...asked, variables } })),
  );

  return (
    <Page
      title={t(isGuest ? 'entrance.new' : 'start.title')}
      lead={t(isGuest ? 'entrance.newLead' : 'start.lead')}
    >
      <Loaded query={definitions}>
        {() =>
          mine.length === 0 ? (
            <Empty icon="file" title={t('start.none')} />
          ) : (
            <div className="desk-panel">
              <div className="row">
                <div className="col-12 col-md-7">
                  <div className="desk-field">
                    <label htmlFor="process">{t('common.process')}</label>
                    <select
                      id="process"
                      className="form-select"
                      value={process}
                      onChange={(event) => setChosen(event.target.value)}
                    >
                      <option value="">{t('form.choose')}</option>
                      {mine.map((one) => (
                        <option key={one.key} value={one.key} lang="it">
                          {one.name}
                        </option>
                      ))}
                    </select>
                  </div>
                </div>
                <div className="col-12 col-md-5">
                  <div className="desk-field">
                    <label htmlFor="comune">{t('common.comune')}</label>
                    <select
                      id="comune"
                      className="form-select"
                      value={comune}
                      onChange={(event) => setPlace(event.target.value)}
                    >
                      <option value="">{t('form.choose')}</option>
                      {comuni.map((one) => (
                        <option key={one.code} value={one.code}>
                          {one.name}
                        </option>
                      ))}
                    </select>
                  </div>
                </div>
              </div>
              {start.error && start.error.errors.length === 0 && <Problem error={start.error} focus />}
              {process === '' || comune === '' ? (
                <Note kind="info">{t('start.chooseFirst')}</Note>
              ) : (
                <Loaded query={definition}>
                  {() => (
                    <>
                      {starts.length === 0 && <Note kind="info">{t('start.byItself')}</Note>}
                      {starts.length > 1 && (
                        <fieldset className="desk-field">
                          <legend>{t('start.how')}</legend>
                          {starts.map(({ element, label }) => (
                            <div className="form-check" key={element}>
                              <input
                                type="radio"
                                name="way"
                                id={`way-${element}`}
                                checked={begun?.element === element}
                                onChange={() => setWay(element)}
                              />
                              <label htmlFor={`way-${element}`} lang="it">
                                {label}
                              </label>
                            </div>
                          ))}
                        </fieldset>
                      )}
                      {begun && (
                        <Form
                          key={`${process}.${begun.element}`}
                          name={
                            begun.message === null ? `start.${process}` : `start.${process}.${begun.message}`
                          }
                          schema={begun.form}
                          place={definition.data && { definition: definition.data.hash, comune }}
                          variables={{}}
                          submitLabel={t(isGuest ? 'entrance.send' : 'start.submit')}
                          busy={start.isPending}
                          problem={start.error}
                          check={async (variables) =>
                            (await body(api.POST('/api/v1/cases/check', { body: { ...asked, variables } })))
                              .errors
                          }
                          beforeSending={(filledIn) => <StartCheck asked={asked} filledIn={filledIn} />}
                          onSubmit={async (variables) => {
                            const { id } = await start.mutateAsync(variables);
                            await navigate(isGuest ? `/entrance/${id}` : `/cases/${id}`, {
                              state: { started: true },
                            });
                          }}
                        />
                      )}
                    </>
                  )}
                </Loaded>
              )}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}
