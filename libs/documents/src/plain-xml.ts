import { isUtf8 } from 'node:buffer';
import { hasSoundTags } from '@iter/platform/xml';
import { Parser } from 'saxen';

/** Far above what providers and the forms of ministries write. */
const limits = { bytes: 5 * 1024 * 1024, elements: 100_000, depth: 100, tagChars: 20_000 } as const;

/** What browsers draw, run or transform by. */
const shown =
  /w3\.org\/(?:1999\/xhtml|2000\/svg|1998\/Math|1999\/XSL)|<(?:[\w.-]{1,40}:)?(?:html|svg|math|script)[\s/>]/i;
/** Alphabets in which what stands for markup is never anything else. */
const encoding = /^(?:utf-8|us-ascii|iso-8859-(?:1|2|3|4|9|10|13|14|15|16)|windows-125[0-8])$/i;

/**
 * XML that only says something: well-formed, without a document type, so without entities, without instructions but its
 * declaration, so without a style sheet; nothing that a browser would draw or run. In UTF-8, or in the Latin alphabets that forms
 * still save. At most 5 MB, 100 000 elements, 100 deep.
 */
export function isPlainXml(content: Buffer): boolean {
  if (content.length > limits.bytes || content.includes(0)) return false;
  const text = content.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  const declaration = /^<\?xml\s[^<>?]{0,200}\?>/.exec(text)?.[0] ?? '';
  const declared = /\sencoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1] ?? 'utf-8';
  // The parser knows names in the letters of one alphabet only, and no blanks around an equals sign.
  const xml = text
    .slice(declaration.length)
    .replaceAll(/[^\0-\x7f]/g, '_')
    .replaceAll(/\s{0,4}=\s{0,4}(?=["'])/g, '=');
  return (
    encoding.test(declared) &&
    (declared.toLowerCase() !== 'utf-8' || isUtf8(content)) &&
    // `<!-->` ends a comment to the parser, and not to a browser.
    !/<!(?:DOCTYPE|ENTITY)|<\?|<!---?>/i.test(xml) &&
    !shown.test(xml) &&
    hasSoundTags(xml, limits.tagChars) &&
    isWellFormed(xml)
  );
}

/** Only the references that XML itself knows, and characters by number. */
const hasStrayReference = (text: string): boolean =>
  /&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/.test(text);

function isWellFormed(xml: string): boolean {
  const parser = new Parser();
  let sound = true;
  let [elements, depth, roots] = [0, 0, 0];
  const must = (holds: boolean): void => {
    if (holds) return;
    sound = false;
    parser.stop();
  };
  parser.on('openTag', (_name, attributes, _decode, selfClosing) => {
    if (depth === 0) roots++;
    const deeper = depth + 1;
    if (!selfClosing) depth = deeper;
    must(roots === 1 && ++elements <= limits.elements && deeper <= limits.depth);
    for (const [name, value] of Object.entries(attributes())) {
      must(!hasStrayReference(value));
      // No honest file has a reference in the name of a vocabulary, which hides it from a search for those that are shown.
      must(!/^xmlns(?::|$)/.test(name) || !value.includes('&'));
    }
  });
  parser.on('closeTag', (_name, _decode, selfClosing) => {
    if (!selfClosing) depth--;
  });
  parser.on('text', (text) => must(!hasStrayReference(text)));
  parser.on('cdata', () => must(depth > 0));
  parser.on('comment', (text) => must(!text.includes('--') && !text.endsWith('-')));
  parser.on('attention', () => must(false));
  parser.on('question', () => must(false));
  parser.on('error', () => must(false));
  // A malformed attribute is only a warning to the parser, which then leaves it out.
  parser.on('warn', () => must(false));
  parser.parse(xml);
  return sound && depth === 0 && roots === 1;
}
