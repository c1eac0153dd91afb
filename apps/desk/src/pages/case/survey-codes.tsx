import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import { useSurveyState } from '../../api/survey.ts';
import { saveFile } from '../../ui/save-file.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';

/** Codes of an edition's questionnaire, while it collects answers: made, told once, and handed out. */
export function SurveyCodes({ caseId }: { readonly caseId: string }) {
  const { t } = useTranslation();
  const state = useSurveyState(caseId, true).data;
  const [shown, setShown] = useState<readonly string[] | null>(null);
  const make = useCommand((count: number, header) =>
    body(
      api.POST('/api/v1/training/editions/{caseId}/survey/codes', {
        params: { path: { caseId }, header: { ...header } },
        body: { count },
      }),
    ),
  );
  const left = state ? state.participants - state.codes : 0;
  const address = `${location.origin}/survey`;
  return (
    <>
      {state?.isOpen === true && (
        <li>
          <Icon name="file" size="sm" />
          <div>
            <span className="fw-semibold">{t('survey.codes')}</span>
            <span className="desk-sub">
              {t('survey.made', { codes: state.codes, participants: state.participants })}
            </span>
            {make.error !== null && <Problem error={make.error} />}
            {left > 0 && (
              <button
                type="button"
                className="btn btn-sm btn-outline-primary mt-2"
                disabled={make.isPending}
                onClick={() => make.mutate(left, { onSuccess: ({ codes }) => setShown(codes) })}
              >
                {t('survey.make', { count: left })}
              </button>
            )}
          </div>
        </li>
      )}
      {shown !== null && (
        <Dialog title={t('survey.codes')} onClose={() => setShown(null)}>
          <p>{t('survey.handOut', { address })}</p>
          <ul className="desk-codes">
            {shown.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
          <button
            type="button"
            className="btn btn-primary"
            onClick={() => saveFile('codici.csv', `${[t('survey.code'), ...shown].join('\n')}\n`)}
          >
            {t('survey.save')}
          </button>
        </Dialog>
      )}
    </>
  );
}
