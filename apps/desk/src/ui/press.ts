/** A press that nobody has seen the end of, as when it ended in a menu of the browser, counts no longer than this. */
const longestMs = 2_000;

let waiting: (() => void)[] = [];
let isPressed = false;
let giveUp: ReturnType<typeof setTimeout> | undefined;

function end() {
  clearTimeout(giveUp);
  isPressed = false;
  const all = waiting;
  waiting = [];
  for (const one of all) one();
}

/** Watches what is pressed on the page, for `afterPress`. */
export function watchPresses(): void {
  document.addEventListener(
    'pointerdown',
    () => {
      clearTimeout(giveUp);
      giveUp = setTimeout(end, longestMs);
      isPressed = true;
    },
    true,
  );
  // The click comes after the release: what it decides comes first.
  for (const type of ['pointerup', 'pointercancel'])
    document.addEventListener(type, () => setTimeout(end), true);
}

/**
 * Calls back when nothing on the page is being pressed: at once, or after the press and its click. What comes by itself and
 * moves what stands below it waits so, since a button that moves away between press and release is not clicked.
 */
export function afterPress(callback: () => void): void {
  if (isPressed) waiting.push(callback);
  else callback();
}
