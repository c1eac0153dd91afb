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
  /** Until it is released the case must be kept as it is: a court, an inspection or an audit asks for it. */
  | { readonly type: 'CaseHeld'; readonly data: { readonly reason: string } }
  | { readonly type: 'CaseReleased'; readonly data: { readonly reason: string } }
  | { readonly type: 'ErasureOrdered'; readonly data: ErasureOrder }
  | { readonly type: 'ErasureCarriedOut'; readonly data: object };

/** Per event type, the fields that stay readable; the reason may name somebody. */
export const erasureClear = {
  CaseHeld: [],
  CaseReleased: [],
  ErasureOrdered: ['process', 'ground', 'instruction', 'keys'],
  ErasureCarriedOut: [],
} as const satisfies Readonly<Record<ErasureEvent['type'], readonly string[]>>;

/** Whether what a case says may be erased, is to be, or was. */
export interface ErasureState {
  readonly held: boolean;
  readonly order: ErasureOrder | null;
  readonly carriedOut: boolean;
}

export const neverErased: ErasureState = { held: false, order: null, carriedOut: false };

export function evolveErasure(state: ErasureState, event: ErasureEvent): ErasureState {
  switch (event.type) {
    case 'CaseHeld':
      return { ...state, held: true };
    case 'CaseReleased':
      return { ...state, held: false };
    case 'ErasureOrdered':
      return { ...state, order: event.data };
    case 'ErasureCarriedOut':
      return { ...state, carriedOut: true };
  }
}

export type ErasureCommand =
  | { readonly type: 'OrderErasure'; readonly order: ErasureOrder }
  | { readonly type: 'HoldCase'; readonly reason: string }
  | { readonly type: 'ReleaseCase'; readonly reason: string }
  | { readonly type: 'CarryOut' };

export interface ErasureRejection {
  readonly code: 'case-erased' | 'case-held' | 'case-not-held';
  readonly message: string;
}

const refuse = (code: ErasureRejection['code'], message: string): ErasureRejection => ({ code, message });

/** What a command adds, or why it is refused. Pure. */
export function decideErasure(
  { held, order, carriedOut }: ErasureState,
  command: ErasureCommand,
): readonly ErasureEvent[] | ErasureRejection {
  if (command.type === 'CarryOut')
    return order && !carriedOut ? [{ type: 'ErasureCarriedOut', data: {} }] : [];
  if (order) return refuse('case-erased', 'Il contenuto di questa pratica è già stato cancellato.');
  const { type } = command;
  switch (type) {
    case 'OrderErasure':
      if (held)
        return refuse(
          'case-held',
          'Di questa pratica è vietata la cancellazione: va prima tolto il divieto.',
        );
      return [{ type: 'ErasureOrdered', data: command.order }];
    case 'HoldCase':
      if (held) return refuse('case-held', 'La cancellazione di questa pratica è già vietata.');
      return [{ type: 'CaseHeld', data: { reason: command.reason } }];
    case 'ReleaseCase':
      if (!held) return refuse('case-not-held', 'La cancellazione di questa pratica non è vietata.');
      return [{ type: 'CaseReleased', data: { reason: command.reason } }];
  }
}
