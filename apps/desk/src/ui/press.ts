/** A press that nobody has seen the end of, as when it ended in a menu of the browser, counts no longer than this. */
const longestMs = 2_000;
/** Between the release of a finger and its click; with a mouse they come together. */
const clickMs = 350;

let waiting: (() => void)[] = [];
let isPressed = false;
let ending: ReturnType<typeof setTimeout> | undefined;

function end() {
  isPressed = false;
  const all = waiting;
  waiting = [];
  for (const one of all) queueMicrotask(one);
}

function endIn(ms: number) {
  clearTimeout(ending);
  ending = setTimeout(end, ms);
}

/** Watches what is pressed on the page, for `afterPress`. */
export function watchPresses(): void {
  const on = (type: string, listener: () => void) => document.addEventListener(type, listener, true);
  on('pointerdown', () => {
    isPressed = true;
    endIn(longestMs);
  });
  on('pointerup', () => endIn(clickMs));
  on('pointercancel', () => endIn(0));
  // What the click decides comes first.
  on('click', () => endIn(0));
}

/**
 * Calls back when nothing on the page is being pressed: at once, or after the press and its click. What comes by itself and
 * moves what stands below it waits so, since a button that moves away between press and release is not clicked.
 */
export function afterPress(callback: () => void): void {
  if (isPressed) waiting.push(callback);
  else callback();
}
