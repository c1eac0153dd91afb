import { accountClearFields, contactClearFields } from '@iter/access/accounts';
import { substitutionClearFields } from '@iter/access/substitutions';
import { clearFields } from '@iter/engine';
import { definitionClearFields } from '@iter/process-catalog';
import { bodyClearFields } from '@iter/registers';
import { erasureClear } from '@iter/registers/erasures';
import { webhookClear } from '@iter/registers/webhooks';

/** What may happen in the streams that auditors read: cases and their erasures, accounts, bodies, definitions and webhooks. */
export const eventTypes: ReadonlySet<string> = new Set(
  [
    clearFields,
    accountClearFields,
    contactClearFields,
    substitutionClearFields,
    bodyClearFields,
    definitionClearFields,
    webhookClear,
    erasureClear,
  ].flatMap((types) => Object.keys(types)),
);
