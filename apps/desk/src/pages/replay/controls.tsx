import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MomentInput } from '../../form/moment.tsx';
import { readLocalTime } from '../../time/local.ts';
import { Choice } from '../../ui/choice.tsx';
import { Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { paceNames } from './use-play.ts';
import type { Pace } from './use-play.ts';

interface ControlsProps {
  /** The step shown, from 0, and how many there are. */
  readonly at: number;
  readonly total: number;
  /** First and last step of the act shown. */
  readonly act: { readonly first: number; readonly last: number };
  readonly interventions: readonly number[];
  readonly playing: boolean;
  readonly calm: boolean;
  readonly go: (step: number) => void;
  readonly play: (on: boolean) => void;
  readonly pace: Pace;
  readonly setPace: (pace: Pace) => void;
  readonly find: (at: string) => Promise<number | null>;
}

/** Where in the history one stands, and how to go elsewhere. */
export function Controls(props: ControlsProps) {
  const { at, total, act, interventions, playing, calm, pace, go, play, setPace } = props;
  const { t } = useTranslation();
  const slider = useId();
  const last = total - 1;
  const before = interventions.findLast((step) => step < at);
  const after = interventions.find((step) => step > at);
  const ways = [
    ['toStart', 'arrow-left-circle', 0, at > 0],
    ['actBack', 'arrow-left', at > act.first ? act.first : at - 1, at > 0],
    ['stepBack', 'chevron-left', at - 1, at > 0],
    ['stepOn', 'chevron-right', at + 1, at < last],
    ['actOn', 'arrow-right', act.last + 1, act.last < last],
    ['toEnd', 'arrow-right-circle', last, at < last],
  ] as const;
  return (
    <section className="desk-panel desk-replay-controls" aria-label={t('replay.controls')}>
      <div className="desk-replay-place">
        <label htmlFor={slider} className="fw-semibold">
          {t('replay.step', { step: at + 1, total })}
        </label>
        <input
          id={slider}
          type="range"
          min={1}
          max={total}
          value={at + 1}
          aria-valuetext={t('replay.step', { step: at + 1, total })}
          onChange={(event) => go(Number(event.target.value) - 1)}
        />
      </div>
      <div className="desk-replay-buttons" role="group" aria-label={t('replay.moves')}>
        {ways.map(([way, icon, to, on]) => (
          <button
            key={way}
            type="button"
            className="desk-icon-button"
            aria-label={t(`replay.${way}`)}
            title={t(`replay.${way}`)}
            aria-disabled={!on}
            onClick={() => on && go(to)}
          >
            <Icon name={icon} />
          </button>
        ))}
        {!calm && (
          <>
            <button type="button" className="btn btn-sm btn-primary" onClick={() => play(!playing)}>
              {playing ? t('replay.pause') : t('replay.play')}
            </button>
            <div className="desk-replay-pace">
              <Choice
                id="pace"
                label={t('replay.pace')}
                always
                value={pace}
                onChange={(name) => setPace(name as Pace)}
              >
                {paceNames.map((name) => (
                  <option key={name} value={name}>
                    {t(`replay.paces.${name}`)}
                  </option>
                ))}
              </Choice>
            </div>
          </>
        )}
        {interventions.length > 0 && (
          <>
            <button
              type="button"
              className="btn btn-sm btn-outline-primary"
              aria-disabled={before === undefined}
              onClick={() => before !== undefined && go(before)}
            >
              {t('replay.interventionBack')}
            </button>
            <button
              type="button"
              className="btn btn-sm btn-outline-primary"
              aria-disabled={after === undefined}
              onClick={() => after !== undefined && go(after)}
            >
              {t('replay.interventionOn')}
            </button>
          </>
        )}
      </div>
      {calm && <p className="desk-sub mb-0">{t('replay.calm')}</p>}
      <AtInstant {...props} />
    </section>
  );
}

/** «Stato a data e ora»: as the log knew the case at an instant. */
function AtInstant({ go, find }: Pick<ControlsProps, 'go' | 'find'>) {
  const { t } = useTranslation();
  const field = useId();
  const [value, setValue] = useState('');
  const [answer, setAnswer] = useState<'none' | 'found' | { readonly error: unknown } | null>(null);
  const read = readLocalTime(value);
  const instant = read.kind === 'plain' ? read.instant : null;
  return (
    <form
      className="desk-replay-instant"
      onSubmit={(event) => {
        event.preventDefault();
        if (instant === null) return;
        find(instant).then(
          (step) => {
            setAnswer(step === null ? 'none' : 'found');
            if (step !== null) go(step);
          },
          (error: unknown) => setAnswer({ error }),
        );
      }}
    >
      <div className="desk-field mb-0">
        <label htmlFor={field}>{t('replay.instant')}</label>
        <MomentInput id={field} value={value} onChange={setValue} />
      </div>
      <button type="submit" className="btn btn-sm btn-outline-primary" aria-disabled={instant === null}>
        {t('replay.find')}
      </button>
      <p role="status" className="desk-sub mb-0">
        {answer === 'none' && t('replay.noCaseThen')}
      </p>
      {typeof answer === 'object' && answer !== null && <Problem error={answer.error} />}
    </form>
  );
}
