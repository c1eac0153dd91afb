import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { CaseSummary } from '../../api/model.ts';
import { useCase, useDeployed } from '../../api/queries.ts';
import { chapterSize, useChapter, useFindInstant, useStepAt } from '../../api/replay.ts';
import type { Chapter } from '../../api/replay.ts';
import { useElementName } from '../../process/element-name.ts';
import { WordsOf } from '../../process/words-of.tsx';
import { ReadingProvider } from '../../session/reading.tsx';
import { useMay } from '../../session/session.tsx';
import { formatInstant } from '../../time/format.ts';
import { Loaded, Note } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { useSettled } from '../../ui/settled.ts';
import { CaseState } from '../../ui/state.tsx';
import { Controls } from './controls.tsx';
import { Compared } from './compared.tsx';
import { DrawnThen } from './drawn-then.tsx';
import { framesOf } from './film.ts';
import type { Frame } from './film.ts';
import { Happened } from './happened.tsx';
import { Proof } from './proof.tsx';
import { Steps } from './steps.tsx';
import { Standing, Variables } from './things.tsx';
import { usePlay } from './use-play.ts';
import { useWords } from './words.ts';
import { Italian, Mixed } from '../../ui/mixed.tsx';

/** A case step by step: what happened, who did it and why, and how everything stood then. */
export default function Replay() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const summary = useCase(id);
  const title = summary.data ? t('replay.title', { code: summary.data.code }) : t('replay.plain');
  return (
    <Page
      title={title}
      lead={
        summary.data && (
          <>
            <Italian>{summary.data.processName}</Italian> · {summary.data.comuneName}
          </>
        )
      }
      before={
        <p className="desk-trail">
          <Link to={`/cases/${id}`}>
            {summary.data ? `${t('common.case')} ${summary.data.code}` : t('common.case')}
          </Link>
        </p>
      }
    >
      <Loaded query={summary} lines={10}>
        {(file) => (
          <ReadingProvider key={id} caseId={id}>
            <WordsOf definition={file.definition}>
              <Begun file={file} />
            </WordsOf>
          </ReadingProvider>
        )}
      </Loaded>
    </Page>
  );
}

/** A step that an address names, from 0; null: none. Beyond the end is the end, once that is known. */
function stepIn(params: URLSearchParams, name: string): number | null {
  const step = Number(params.get(name) ?? '');
  return Number.isInteger(step) && step > 0 ? step - 1 : null;
}

/** How long a chapter must be asked for before it is fetched: whoever drags the slider passes many. */
const settlingMs = 150;

/** Begins at the step that the address names, or at that of an instant, which is looked for first. */
function Begun({ file }: { readonly file: CaseSummary }) {
  const [params] = useSearchParams();
  const [instant] = useState(() => params.get('at'));
  const found = useStepAt(file.id, instant);
  if (instant === null) return <Film file={file} begin={stepIn(params, 'step') ?? 0} />;
  return (
    <Loaded query={found} lines={12}>
      {({ step }) => <Film file={file} begin={step ?? 0} />}
    </Loaded>
  );
}

function Film({ file, begin }: { readonly file: CaseSummary; readonly begin: number }) {
  const [params, setParams] = useSearchParams();
  const [at, setAt] = useState(begin);
  const wanted = useSettled(Math.floor(at / chapterSize), settlingMs);
  const chapter = useChapter(file.id, wanted);
  const settled = useSettled(at, 400);
  const fixed = stepIn(params, 'with');
  const fix = useCallback(
    (step: number | null) =>
      setParams(
        (now) => {
          if (step === null) now.delete('with');
          else now.set('with', String(step + 1));
          return now;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParams],
  );
  // The address is that of the step: it can be given on, and browsers bear no hundred changes a minute.
  useEffect(() => {
    setParams(
      (now) => {
        now.delete('at');
        now.set('step', String(settled + 1));
        return now;
      },
      { replace: true, preventScrollReset: true },
    );
  }, [settled, setParams]);
  return (
    <Loaded query={chapter} lines={12}>
      {(shown) => <Shown file={file} chapter={shown} at={at} setAt={setAt} fixed={fixed} fix={fix} />}
    </Loaded>
  );
}

interface ShownProps {
  readonly file: CaseSummary;
  readonly chapter: Chapter;
  readonly at: number;
  readonly setAt: (step: number) => void;
  /** The step that the one shown is compared with; null: the step before it. */
  readonly fixed: number | null;
  readonly fix: (step: number | null) => void;
}

function Shown({ file, chapter, at: asked, setAt, fixed: compared, fix }: ShownProps) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const find = useFindInstant(file.id);
  const { steps, total, first } = chapter;
  const at = Math.min(asked, Math.max(total - 1, 0));
  const fixed = compared === null ? null : Math.min(compared, total - 1);
  const frames = useMemo(() => framesOf(chapter), [chapter]);
  // While the chapter of the step is on its way, the nearest step of the one that is there.
  const place = Math.min(Math.max(at - first, 0), steps.length - 1);
  const isComing = steps[place]?.revision !== at && at < total;
  const step = steps[place];
  const frame = frames[place + 1];
  const before = frames[place];
  const show = useCallback((to: number) => setAt(Math.min(Math.max(to, 0), total - 1)), [setAt, total]);
  const { play, ...played } = usePlay(at, total, isComing, show);
  /** As somebody moves. */
  const go = (to: number): void => {
    play(false);
    show(to);
  };

  const hashes = useMemo(
    () => [
      ...new Set([file.definition, ...steps.map((it) => it.definition), ...(frame?.progress.keys() ?? [])]),
    ],
    [file.definition, steps, frame],
  );
  const deployed = useDeployed(hashes).data;
  const element = useElementName(deployed);
  const words = useWords(steps, frames, element);
  const standing = frame && [...frame.things.case.values()][0];
  if (!step || !frame || !before) return <Note kind="info">{t('replay.nothing')}</Note>;
  const told = { element, isPseudonymised: chapter.isPseudonymised };
  return (
    <div aria-busy={isComing}>
      <Note kind="info">
        {t('replay.logged')} {chapter.isPseudonymised && t('replay.pseudonyms')}{' '}
        {may('ReadAccesses') && (
          <Link to={`/audit?view=accesses&case=${file.id}`}>{t('replay.whoRead')}</Link>
        )}
      </Note>
      <Controls
        {...{ at, total, act: step.act, interventions: chapter.interventions, play, find, ...played }}
        go={go}
      />
      <p role="status" className="visually-hidden">
        {!played.playing && (
          <Mixed
            text={`${t('replay.step', { step: step.revision + 1, total })}: ${words(step.revision) ?? ''}`}
          />
        )}
      </p>
      <div className="desk-replay">
        <div>
          <Happened
            {...{ step, words, go, isPseudonymised: chapter.isPseudonymised }}
            deployed={deployed?.find(({ hash }) => hash === step.definition)}
          />
          <Steps steps={steps} at={step.revision} words={words} go={go} />
        </div>
        <section className="desk-panel" aria-labelledby="then">
          <h2 id="then" className="h5">
            {t('replay.then', { when: formatInstant(step.event.recordedAt, i18n.language) })}
          </h2>
          {standing && (
            <p>
              <CaseState
                state={(standing.status === 'none' ? 'active' : standing.status) as CaseSummary['state']}
              />{' '}
              {t('replay.version', { version: standing.version })}
              {standing.definition !== file.definition && ` · ${t('replay.oldVersion')}`}
            </p>
          )}
          <DrawnThen
            frame={frame}
            deployed={deployed}
            definition={step.definition}
            own={standing?.definition ?? file.definition}
            at={step.visits.findLast((it) => it.definition === step.definition)?.element ?? null}
          />
        </section>
      </div>
      <section className="desk-panel" aria-labelledby="stood">
        <h2 id="stood" className="h5">
          {t('replay.stood')}
        </h2>
        <p className="desk-replay-compare">
          <button
            type="button"
            className="btn btn-sm btn-outline-primary"
            onClick={() => fix(fixed === null ? step.revision : null)}
          >
            {fixed === null ? t('replay.fix') : t('replay.unfix')}
          </button>{' '}
          <span>
            {fixed === null
              ? t('replay.toBefore')
              : t(fixed > at ? 'replay.toLater' : 'replay.toFixed', { step: fixed + 1 })}
          </span>
          {fixed !== null && (
            <button type="button" className="btn btn-link" onClick={() => go(fixed)}>
              {t('replay.toThat')}
            </button>
          )}
        </p>
        {fixed === null ? (
          <Both frame={frame} before={before} {...told} />
        ) : (
          <Compared id={file.id} fixed={fixed}>
            {(other) => <Both frame={frame} before={other} {...told} />}
          </Compared>
        )}
      </section>
      <Proof file={file} isPseudonymised={chapter.isPseudonymised} />
    </div>
  );
}

type BothProps = Parameters<typeof Variables>[0] & { readonly before: Frame };

const Both = (props: BothProps) => (
  <div className="desk-replay-stood">
    <div>
      <Standing {...props} />
    </div>
    <Variables {...props} />
  </div>
);
