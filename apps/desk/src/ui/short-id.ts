/** As cases without a code of their own are called everywhere. */
export const shortId = (id: string): string => id.slice(0, 8).toUpperCase();
