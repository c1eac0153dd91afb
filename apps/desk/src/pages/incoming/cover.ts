/** What stands on the outside of what arrived. */
export interface Cover {
  readonly protocolNo: string;
  readonly receivedOn: string;
  readonly sender: string;
  readonly note: string;
}

export const required = ['protocolNo', 'receivedOn', 'sender'] as const;

/** What of the cover can be asked about already. */
export const filledIn = (cover: Cover) =>
  Object.fromEntries(
    required.flatMap((name) => (cover[name].trim() === '' ? [] : [[name, cover[name].trim()]])),
  );
