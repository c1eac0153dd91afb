/**
 * A number with the decimal sign of a language, and as many digits as it has; thousands are not grouped, so that it can be
 * typed on. What is no number, or not yet, stays what it is but for the sign.
 * @param plain with a point, as it is stored, or as somebody typed it
 */
export const decimal = (plain: number | string, language: string): string =>
  language === 'en' ? String(plain) : String(plain).replace('.', ',');
