/** `name=value …` as the log keeps what was asked of it, in pairs; what is none of it is left out. */
export const askedOfLog = (detail: string): readonly (readonly [name: string, value: string])[] =>
  [...detail.matchAll(/(?<=^| )([a-zA-Z]+)=(.*?)(?= [a-zA-Z]+=|$)/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
