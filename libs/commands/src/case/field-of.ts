/** The form's field that a pointer into the values leads to. */
export const fieldOf = (pointer: string): string =>
  (pointer.split('/')[2] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
