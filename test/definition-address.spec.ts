import { expect, it } from '@jest/globals';
import { hashOfDefinition } from '@iter/documents/case-bundle';
import { definitionHash } from '../libs/process-catalog/src/source-files.ts';

// The file of a case is verified without the catalogue, so the rule stands in both.
it.each<Readonly<Record<string, string>>>([{}, { 'contestazione.md': '# Contestazione' }])(
  'gives a definition the same address in the catalogue and in the file of a case',
  (acts) => {
    const xml = '<definitions name="perché"/>';
    const forms = { opening: { components: [{ type: 'text', label: 'Però' }], id: 'opening' } };
    const catalogued = definitionHash(
      'p',
      xml,
      new Map(Object.entries(forms)),
      new Map(Object.entries(acts)),
    );
    expect(hashOfDefinition({ key: 'p', xml, forms, acts })).toBe(catalogued);
  },
);
