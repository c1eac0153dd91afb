import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerSurvey } from '../../api/survey.ts';
import type { Survey } from '../../api/survey.ts';
import { problemOf } from '../../api/problem.ts';
import type { ApiProblem } from '../../api/problem.ts';
import { Problem } from '../../ui/feedback.tsx';

interface AnswersProps {
  readonly survey: Survey;
  readonly code: string;
  readonly onDone: () => void;
}

/** A mark for each question; one may be left out, not all of them. */
export function Answers({ survey, code, onDone }: AnswersProps) {
  const { t, i18n } = useTranslation();
  const [marks, setMarks] = useState<Readonly<Record<string, number>>>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { lowest, highest } = survey;
  const scale = Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i);

  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await answerSurvey(
        code,
        Object.entries(marks).map(([question, mark]) => ({ question, mark })),
      );
      onDone();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };

  return (
    <form
      className="desk-panel"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {problem !== null && <Problem error={problem} focus />}
      <p>{t('survey.scale', { lowest, highest })}</p>
      {survey.questions.map(({ key, label, labelEn }) => (
        <fieldset key={key} className="desk-field desk-marks">
          <legend>{i18n.language === 'en' ? labelEn : label}</legend>
          <div className="desk-choices">
            {scale.map((mark) => (
              <div key={mark} className="form-check mt-0">
                <input
                  type="radio"
                  id={`${key}-${mark}`}
                  name={key}
                  checked={marks[key] === mark}
                  onChange={() => setMarks({ ...marks, [key]: mark })}
                />
                <label htmlFor={`${key}-${mark}`}>{mark}</label>
              </div>
            ))}
          </div>
        </fieldset>
      ))}
      <p className="small">{t('survey.anonymous')}</p>
      <button type="submit" className="btn btn-primary" disabled={busy || Object.keys(marks).length === 0}>
        {t('survey.send')}
      </button>
    </form>
  );
}
