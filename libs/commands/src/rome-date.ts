const inRome = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' });

/** The civil date in Italy of an instant, `YYYY-MM-DD`. */
export const romeDate = (instant: string): string => inRome.format(new Date(instant));
