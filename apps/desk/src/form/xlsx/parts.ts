import { kindOf } from './cell-text.ts';
import type { Formats, NumberKind } from './cell-text.ts';
import { attribute, textsOf, walk } from './walk.ts';

interface Parts {
  /** The names of the sheets, the one that is read first. */
  readonly sheets: readonly string[];
  readonly sheetXml: Uint8Array;
  /** What cells of text point to. */
  readonly texts: readonly string[];
  readonly formats: Formats;
}

/**
 * The parts of a workbook that its first shown sheet needs.
 * @throws when one is missing or makes no sense
 */
export function readParts(files: Readonly<Record<string, Uint8Array>>): Parts {
  const part = (path: string): Uint8Array | undefined =>
    Object.hasOwn(files, path) ? files[path] : undefined;
  const [, book] =
    Object.keys(files)
      .map((path) => /^xl\/_rels\/(\w+\.xml)\.rels$/.exec(path))
      .find(Boolean) ?? [];
  const links = part(`xl/_rels/${book}.rels`);
  const workbook = part(`xl/${book}`);
  if (!links || !workbook) throw new Error('no workbook');

  const targets = new Map<string, string>();
  const ofKind = new Map<string, string>();
  walk(links, {
    open(name, attributes) {
      const target = attribute(attributes, 'Target');
      if (
        name !== 'Relationship' ||
        target === undefined ||
        attribute(attributes, 'TargetMode') === 'External'
      )
        return;
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
      targets.set(attribute(attributes, 'Id') ?? '', path);
      ofKind.set((attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '', path);
    },
  });

  const sheets: { name: string; path: string; isShown: boolean }[] = [];
  let since1904 = false;
  walk(workbook, {
    open(name, attributes) {
      if (name === 'workbookPr') since1904 = /^(?:1|true)$/.test(attribute(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const path = targets.get(attribute(attributes, 'id') ?? '') ?? '';
      const isShown = (attribute(attributes, 'state') ?? 'visible') === 'visible';
      sheets.push({ name: attribute(attributes, 'name') ?? '', path, isShown });
    },
  });
  const [first, ...others] = sheets.toSorted((a, b) => Number(b.isShown) - Number(a.isShown));
  const sheetXml = part(first?.path ?? '');
  if (!first || !sheetXml) throw new Error('no sheet');
  const texts = part(ofKind.get('sharedStrings') ?? '');
  const styles = part(ofKind.get('styles') ?? '');
  return {
    sheets: [first, ...others].map(({ name }) => name),
    sheetXml,
    texts: texts ? readTexts(texts) : [],
    formats: { since1904, kinds: styles ? readStyles(styles) : [] },
  };
}

function readTexts(xml: Uint8Array): readonly string[] {
  const texts: string[] = [];
  let text = '';
  walk(xml, {
    open(name) {
      if (name === 'si') text = '';
    },
    text(said, path) {
      if (textsOf(path)) text += said;
    },
    close(name) {
      // What XML cannot hold is written by its number.
      if (name === 'si') texts.push(text.replaceAll(/_x([\dA-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))); // prettier-ignore
    },
  });
  return texts;
}

/** How the numbers of each style are shown. */
function readStyles(xml: Uint8Array): readonly NumberKind[] {
  const codes = new Map<number, string>();
  const kinds: NumberKind[] = [];
  let isOfCells = false;
  walk(xml, {
    open(name, attributes) {
      if (name === 'cellXfs') isOfCells = true;
      if (name === 'numFmt')
        codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      if (name !== 'xf' || !isOfCells) return;
      const id = Number(attribute(attributes, 'numFmtId') ?? 0);
      kinds.push(kindOf(id, codes.get(id)));
    },
    close(name) {
      if (name === 'cellXfs') isOfCells = false;
    },
  });
  return kinds;
}
