import type { Label } from '@iter/platform/words';

/**
 * Where a document stands in a register of protocol: who keeps it, which of its registers, the number and its day.
 * Source: D.P.R. 445/2000 art. 53 (registration of protocol)
 */
export interface ProtocolReference {
  /** IPA code. */
  readonly body: string;
  readonly register: string;
  readonly number: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** `field` is the member that cannot be; `message` says why, for people. */
export type Confirmed =
  | { readonly outcome: 'confirmed'; readonly reference: ProtocolReference }
  | { readonly outcome: 'refused'; readonly field: keyof ProtocolReference; readonly message: Label };

/** A system of protocol. An adapter each. */
export interface ProtocolSystem {
  /** For operators. */
  readonly name: string;
  /** Whether a reference that people give can be, as far as the system knows. */
  confirm(reference: ProtocolReference): Promise<Confirmed>;
}
