import type { Label } from '@iter/platform/words';

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
  /**
   * Until it is released the case must be kept as it is: a court, an inspection or an audit asks for it. What one body has
   * forbidden it alone allows again; of what was recorded without its body, whichever may.
   */
  | {
      readonly type: 'CaseHeld';
      readonly data: { readonly body?: string; readonly process?: string; readonly reason: string };
    }
  | { readonly type: 'CaseReleased'; readonly data: { readonly body?: string; readonly reason: string } }
  | { readonly type: 'ErasureOrdered'; readonly data: ErasureOrder }
  | { readonly type: 'ErasureCarriedOut'; readonly data: object };

/** Per event type, the fields that stay readable; the reason may name somebody. */
export const erasureClear = {
  CaseHeld: ['body', 'process'],
  CaseReleased: ['body'],
  ErasureOrdered: ['process', 'ground', 'instruction', 'keys'],
  ErasureCarriedOut: [],
} as const satisfies Readonly<Record<ErasureEvent['type'], readonly string[]>>;

/** Whether what a case says may be erased, is to be, or was. */
export interface ErasureState {
  /** Bodies that have forbidden it; `anyBody` where none is named. */
  readonly holders: readonly string[];
  readonly order: ErasureOrder | null;
  readonly carriedOut: boolean;
}

export const neverErased: ErasureState = { holders: [], order: null, carriedOut: false };

/** Stands for the body of a hold that names none. */
export const anyBody = '';

export function evolveErasure(state: ErasureState, event: ErasureEvent): ErasureState {
  switch (event.type) {
    case 'CaseHeld':
      return { ...state, holders: [...state.holders, event.data.body ?? anyBody] };
    case 'CaseReleased':
      return { ...state, holders: without(state.holders, event.data.body ?? anyBody) };
    case 'ErasureOrdered':
      return { ...state, order: event.data };
    case 'ErasureCarriedOut':
      return { ...state, carriedOut: true };
  }
}

const without = (holders: readonly string[], body: string): readonly string[] =>
  holders.filter((holder) => holder !== body);

export type ErasureCommand =
  | { readonly type: 'OrderErasure'; readonly order: ErasureOrder }
  /** `body`: in whose name; `process`: what the case is one of. */
  | {
      readonly type: 'HoldCase';
      readonly body: string;
      readonly process: string;
      readonly reason: string;
    }
  | { readonly type: 'ReleaseCase'; readonly body: string; readonly reason: string }
  | { readonly type: 'CarryOut' };

export interface ErasureRejection {
  readonly code: 'case-erased' | 'case-held' | 'case-not-held' | 'case-held-by-another';
  readonly message: Label;
}

const refuse = (code: ErasureRejection['code'], message: Label): ErasureRejection => ({ code, message });

/** What a command adds, or why it is refused. Pure. */
export function decideErasure(
  { holders, order, carriedOut }: ErasureState,
  command: ErasureCommand,
): readonly ErasureEvent[] | ErasureRejection {
  if (command.type === 'CarryOut')
    return order && !carriedOut ? [{ type: 'ErasureCarriedOut', data: {} }] : [];
  if (order)
    return refuse('case-erased', {
      it: 'Il contenuto di questa pratica è già stato cancellato.',
      en: 'The content of this case was erased already.',
    });
  if (command.type === 'OrderErasure')
    return holders.length === 0
      ? [{ type: 'ErasureOrdered', data: command.order }]
      : refuse('case-held', {
          it: 'Di questa pratica è vietata la cancellazione: va prima tolto il divieto.',
          en: 'This case must not be erased: lift the hold first.',
        });
  const { type, body, reason } = command;
  switch (type) {
    case 'HoldCase':
      if (holders.includes(body))
        return refuse('case-held', {
          it: 'L’ente ha già vietato la cancellazione di questa pratica.',
          en: 'The body has put a hold on this case already.',
        });
      return [{ type: 'CaseHeld', data: { body, process: command.process, reason } }];
    case 'ReleaseCase':
      if (holders.includes(body)) return [{ type: 'CaseReleased', data: { body, reason } }];
      if (holders.includes(anyBody)) return [{ type: 'CaseReleased', data: { reason } }];
      return holders.length === 0
        ? refuse('case-not-held', {
            it: 'La cancellazione di questa pratica non è vietata.',
            en: 'There is no hold on this case.',
          })
        : refuse('case-held-by-another', {
            it: 'L’ha vietata un altro ente: solo quell’ente può togliere il divieto.',
            en: 'Another body put the hold: only that body can lift it.',
          });
  }
}
