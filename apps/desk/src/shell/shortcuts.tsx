import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.tsx';

const place = 'iter.shortcuts';
const asked = new EventTarget();

/** Shows the help on the keyboard. */
export function openShortcuts(): void {
  asked.dispatchEvent(new Event('open'));
}

/** Whether single keys act: people who speak to their computer must be able to turn them off (WCAG 2.1.4). */
export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
}

function remember(on: boolean): void {
  try {
    localStorage.setItem(place, on ? 'on' : 'off');
  } catch {
    // The choice then lasts until the tab is closed.
  }
}

/** Whether a key pressed there is text, or chooses: then it is no shortcut. */
export const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type="checkbox"]), textarea, select');

/** Help on the keyboard: `?` anywhere outside a field, or from the menu of the person. */
export function Shortcuts() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(shortcutsOn);

  useEffect(() => {
    const show = () => setOpen(true);
    const press = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTypedInto(event.target) && shortcutsOn()) show();
    };
    asked.addEventListener('open', show);
    document.addEventListener('keydown', press);
    return () => {
      asked.removeEventListener('open', show);
      document.removeEventListener('keydown', press);
    };
  }, []);

  if (!open) return null;
  return (
    <Dialog title={t('shortcuts.title')} onClose={() => setOpen(false)}>
      <dl className="desk-shortcuts">
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>{t('shortcuts.help')}</dd>
        <dt>
          <kbd>j</kbd>
        </dt>
        <dd>{t('shortcuts.toList')}</dd>
        <dt>
          <kbd>↑</kbd> <kbd>↓</kbd>
        </dt>
        <dd>{t('shortcuts.move')}</dd>
        <dt>
          <kbd>{t('shortcuts.enterKey')}</kbd>
        </dt>
        <dd>{t('shortcuts.open')}</dd>
        <dt>
          <kbd>c</kbd>
        </dt>
        <dd>{t('shortcuts.claim')}</dd>
        <dt>
          <kbd>x</kbd>
        </dt>
        <dd>{t('shortcuts.choose')}</dd>
        <dt>
          <kbd>Ctrl</kbd> + <kbd>{t('shortcuts.enterKey')}</kbd>
        </dt>
        <dd>{t('shortcuts.send')}</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>{t('shortcuts.close')}</dd>
      </dl>
      <div className="form-check">
        <input
          type="checkbox"
          id="shortcuts-on"
          checked={on}
          onChange={(event) => {
            setOn(event.target.checked);
            remember(event.target.checked);
          }}
        />
        <label htmlFor="shortcuts-on">{t('shortcuts.switch')}</label>
      </div>
    </Dialog>
  );
}
