import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readSurvey } from '../../api/survey.ts';
import type { Survey as Questionnaire } from '../../api/survey.ts';
import { problemOf } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { Note, Problem } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { Answers } from './answers.tsx';

/** The anonymous questionnaire of a course, for whoever holds a code: nobody signs in, and nothing tells who answers. */
export default function Survey() {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [survey, setSurvey] = useState<Questionnaire | null>(null);
  const [isDone, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const open = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setSurvey(await readSurvey(code.trim()));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };

  if (isDone) {
    return (
      <Page title={t('survey.title')}>
        <Note kind="success" title={t('survey.done')} focus>
          {t('survey.doneHint')}
        </Note>
      </Page>
    );
  }
  return (
    <Page title={t('survey.title')} lead={survey ? survey.title : t('survey.lead')}>
      {survey ? (
        <Answers survey={survey} code={code.trim()} onDone={() => setDone(true)} />
      ) : (
        <form
          className="desk-panel"
          onSubmit={(event) => {
            event.preventDefault();
            void open();
          }}
        >
          {problem !== null &&
            (problem.code === 'survey-code-unknown' ? (
              <Note kind="danger" title={t('survey.unknown')} focus>
                {t('survey.unknownHint')}
              </Note>
            ) : (
              <Problem error={problem} focus />
            ))}
          <div className="desk-field">
            <label htmlFor="code">{t('survey.code')}</label>
            <input
              id="code"
              className="form-control w-auto"
              size={20}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              required
              maxLength={20}
              value={code}
              aria-describedby="code-hint"
              onChange={(event) => setCode(event.target.value)}
            />
            <small id="code-hint" className="form-text">
              {t('survey.codeHint')}
            </small>
          </div>
          <button type="submit" className="btn btn-primary" disabled={busy}>
            {t('survey.open')}
          </button>
        </form>
      )}
    </Page>
  );
}
