const width = 30;

/** A bar on standard error, when that is a terminal. */
export function share(): { show(done: number, label?: string): void; end(): void } {
  const isShown = process.stderr.isTTY;
  return {
    show(done, label = `${Math.floor(done * 100)} %`) {
      const full = Math.round(done * width);
      if (isShown) process.stderr.write(`\r[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${label}`);
    },
    end() {
      if (isShown) process.stderr.write('\r\u001b[K');
    },
  };
}

/** The same for so many steps; of one step there is nothing to wait for. */
export function progress(total: number): { step(): void; end(): void } {
  const bar = share();
  let done = 0;
  return {
    step() {
      done++;
      if (total > 1) bar.show(done / total, `${done}/${total}`);
    },
    end: () => bar.end(),
  };
}
