import type { Label } from '@iter/process-model';
import type { Rejection, RejectionCode } from './rejections.ts';

/** The command is refused: thrown while it is being decided, answered by `decide` as a rejection. */
export class Refused extends Error {
  readonly rejection: Rejection;

  constructor(rejection: Rejection) {
    super(rejection.message.it);
    this.rejection = rejection;
  }
}

/** @param at where in the command it is wrong, as a JSON pointer; absent: as a whole */
export function refuse(code: RejectionCode, message: Label, at?: string): never {
  const errors = at === undefined ? {} : { errors: [{ pointer: at, code, message }] };
  throw new Refused({ code, message, ...errors });
}
