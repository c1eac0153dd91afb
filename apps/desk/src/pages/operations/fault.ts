/** The name of what is wrong, as a text of the server has it in brackets behind what failed; null: its own words must do. */
export const faultOf = (text: string): string | null =>
  /^[A-Za-z][\w ]{0,60} \(([a-z-]{1,30})\): /.exec(text)?.[1] ?? null;
