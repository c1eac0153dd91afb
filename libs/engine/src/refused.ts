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

export function refuse(code: RejectionCode, message: Label): never {
  throw new Refused({ code, message });
}
