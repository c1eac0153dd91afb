/**
 * Why what a case says is erased:
 * - `RETENTION_OVER`: it was kept as long as it must be, and discarding it was authorised (art. 5(1)(e) GDPR; art. 21 c. 1 d)
 *   D.Lgs. 42/2004);
 * - `SUBJECT_REQUEST`: the person asked, and none of the reasons to keep it stands against it (art. 17 GDPR);
 * - `NOT_LAWFUL`: it should never have been recorded (art. 17(1)(d) GDPR).
 */
export const erasureGrounds = ['RETENTION_OVER', 'SUBJECT_REQUEST', 'NOT_LAWFUL'] as const;
export type ErasureGround = (typeof erasureGrounds)[number];

/** Where the decision of whose data it is stands in a register of protocol. */
export interface Instruction {
  /** IPA code of the body that keeps the register. */
  readonly body: string;
  readonly register: string;
  readonly number: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

export interface ErasureOrder {
  readonly process: string;
  readonly ground: ErasureGround;
  readonly instruction: Instruction;
  readonly reason: string;
  /** Of all that seals what the case says, in its stream and in those of the messages that it took. */
  readonly keys: readonly string[];
}

export type ErasureEvent =
  | { readonly type: 'ErasureOrdered'; readonly data: ErasureOrder }
  | { readonly type: 'ErasureCarriedOut'; readonly data: object };

/** Per event type, the fields that stay readable; the reason may name somebody. */
export const erasureClear = {
  ErasureOrdered: ['process', 'ground', 'instruction', 'keys'],
  ErasureCarriedOut: [],
} as const satisfies Readonly<Record<ErasureEvent['type'], readonly string[]>>;

/** How far the erasure of a case is. */
export interface ErasureState extends ErasureOrder {
  readonly carriedOut: boolean;
}

export function evolveErasure(state: ErasureState | null, event: ErasureEvent): ErasureState | null {
  switch (event.type) {
    case 'ErasureOrdered':
      return { ...event.data, carriedOut: false };
    case 'ErasureCarriedOut':
      return state && { ...state, carriedOut: true };
  }
}
