import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOwnPackages, usePublishOwn } from '../../api/library.ts';
import type { OwnPackage } from '../../api/library.ts';
import { useSession } from '../../session/session.tsx';
import { Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';

/** The processes that came with the house, published one after the other by one click of who may publish for everybody. */
export function OwnPackages() {
  const { t } = useTranslation();
  const { grants } = useSession();
  const forEverybody = grants.some(({ role }) => role === 'PROGRAMME_MANAGER' || role === 'COMMUNITY_EDITOR');
  const own = useOwnPackages(forEverybody);
  const publish = usePublishOwn();
  const [progress, setProgress] = useState<{ done: number; all: number; name: string } | null>(null);
  if (!forEverybody || own.data === undefined) return null;
  const missing = own.data.filter(({ published }) => !published);

  const publishAll = async (packages: readonly OwnPackage[]) => {
    try {
      for (const [done, { process, name }] of packages.entries()) {
        setProgress({ done, all: packages.length, name });
        await publish.mutateAsync(process);
      }
    } catch {
      // The command shows why it ended; what was published stays published.
    } finally {
      setProgress(null);
    }
  };

  return (
    <section className="desk-panel" aria-labelledby="own">
      <h2 id="own" className="h5">
        {t('library.own')}
      </h2>
      <p role="status">
        {progress
          ? t('library.ownProgress', progress)
          : missing.length === 0
            ? t('library.ownDone')
            : t('library.ownText', { count: missing.length })}
      </p>
      {publish.error && <Problem error={publish.error} focus />}
      {missing.length > 0 && (
        <button
          type="button"
          className="btn btn-outline-primary"
          disabled={progress !== null}
          onClick={() => void publishAll(missing)}
        >
          <Icon name="upload" size="sm" /> {t('library.ownSubmit')}
        </button>
      )}
    </section>
  );
}
