const width = 30;

/** A progress bar on standard error, when that is a terminal and there is something to wait for. */
export function progress(total: number): { step(): void; end(): void } {
  const isShown = process.stderr.isTTY && total > 1;
  let done = 0;
  const show = (): void => {
    const full = Math.round((done / total) * width);
    process.stderr.write(`\r[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${done}/${total}`);
  };
  return {
    step() {
      done++;
      if (isShown) show();
    },
    end() {
      if (isShown) process.stderr.write('\r\u001b[K');
    },
  };
}
