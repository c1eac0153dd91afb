import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import { useNameOf } from '../../api/people.ts';
import { useComments } from '../../api/queries.ts';
import { dropDraft, keepDraft, readDraft } from '../../form/draft.ts';
import { useMay, useSession } from '../../session/session.tsx';
import { formatInstant } from '../../time/format.ts';
import { Empty, Loaded, Problem } from '../../ui/feedback.tsx';

/** Notes among colleagues; they belong to the history and are never sent outside. */
export function Comments({ caseId }: { readonly caseId: string }) {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const may = useMay();
  const nameOf = useNameOf();
  const comments = useComments(caseId);
  const draft = `comment.${caseId}`;
  const [text, setText] = useState(() => String(readDraft(account, draft)?.text ?? ''));
  const add = useCommand((words: string, header) =>
    api.POST('/api/v1/cases/{id}/comments', {
      params: { path: { id: caseId }, header: { ...header } },
      body: { text: words },
    }),
  );
  return (
    <>
      <p className="text-secondary">{t('comments.internal')}</p>
      <Loaded query={comments} lines={3}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="comment" title={t('comments.none')} />
          ) : (
            <ul className="desk-comments">
              {items.map((comment) => (
                <li key={comment.id}>
                  <p className="desk-sub mb-1">
                    <strong>{nameOf(comment.by)}</strong> · {formatInstant(comment.at, i18n.language)}
                  </p>
                  <p className="mb-0 desk-typed">{comment.text}</p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {may('AddComment') && (
        <form
          className="desk-panel"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() === '') return;
            add.mutate(text.trim(), {
              onSuccess: () => {
                setText('');
                dropDraft(account, draft);
              },
            });
          }}
        >
          {add.error && <Problem error={add.error} focus />}
          <div className="desk-field">
            <label htmlFor="comment">{t('comments.label')}</label>
            <textarea
              id="comment"
              className="form-control"
              rows={3}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                keepDraft(account, draft, { text: event.target.value });
              }}
            />
          </div>
          <button type="submit" className="btn btn-primary" disabled={add.isPending || text.trim() === ''}>
            {add.isPending ? t('form.sending') : t('comments.add')}
          </button>
        </form>
      )}
    </>
  );
}
