import { isUtf8 } from 'node:buffer';
import { isPlainXml } from './plain-xml.ts';

/** A kind of file that may be filed: how its content begins, and how its name ends. */
interface FileType {
  readonly mediaType: string;
  readonly extensions: readonly string[];
  matches(content: Buffer): boolean;
}

const begins =
  (...bytes: readonly number[]) =>
  (content: Buffer): boolean =>
    content.subarray(0, bytes.length).equals(Buffer.from(bytes));

/** ZIP containers say what they are in their first entries. */
const zipWith =
  (...marks: readonly string[]) =>
  (content: Buffer): boolean =>
    begins(0x50, 0x4b, 0x03, 0x04)(content) && marks.some((mark) => content.includes(mark));

const isText = (content: Buffer): boolean => !content.includes(0) && isUtf8(content);

const office = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

/**
 * What may be filed: what offices exchange, nothing that runs. No HTML, no SVG, no macros, no archives.
 * Source: AgID, Linee guida documento informatico, allegato 2 (formati); reference/reliability.md § 4.2.
 */
const fileTypes: readonly FileType[] = [
  // Anything before the header would make the file two things at once.
  { mediaType: 'application/pdf', extensions: ['pdf'], matches: begins(0x25, 0x50, 0x44, 0x46, 0x2d) },
  {
    mediaType: 'image/png',
    extensions: ['png'],
    matches: begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  },
  { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], matches: begins(0xff, 0xd8, 0xff) },
  {
    mediaType: 'image/tiff',
    extensions: ['tif', 'tiff'],
    matches: (content) => begins(0x49, 0x49, 0x2a, 0)(content) || begins(0x4d, 0x4d, 0, 0x2a)(content),
  },
  { mediaType: `${office}.wordprocessingml.document`, extensions: ['docx'], matches: zipWith('word/') },
  { mediaType: `${office}.spreadsheetml.sheet`, extensions: ['xlsx'], matches: zipWith('xl/') },
  {
    mediaType: `${openDocument}.text`,
    extensions: ['odt'],
    matches: zipWith(`mimetype${openDocument}.text`),
  },
  {
    mediaType: `${openDocument}.spreadsheet`,
    extensions: ['ods'],
    matches: zipWith(`mimetype${openDocument}.spreadsheet`),
  },
  // CAdES: with the document in it, and in a file of its own beside the document.
  { mediaType: 'application/pkcs7-mime', extensions: ['p7m'], matches: isCms },
  { mediaType: 'application/pkcs7-signature', extensions: ['p7s'], matches: isCms },
  // Receipts of certified mail come as messages.
  {
    mediaType: 'message/rfc822',
    extensions: ['eml'],
    matches: (content) => /^[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]/.test(content.toString('latin1', 0, 80)),
  },
  // Receipts of providers, and what the form of the Dipartimento della funzione pubblica saves.
  { mediaType: 'application/xml', extensions: ['xml'], matches: isPlainXml },
  { mediaType: 'text/plain', extensions: ['txt'], matches: isText },
];

/** A CMS structure in DER, or the same in Base64. */
function isCms(content: Buffer): boolean {
  return (
    (content[0] === 0x30 && content.subarray(0, 32).includes(Buffer.from('06092a864886f70d010702', 'hex'))) ||
    /^(-----BEGIN (PKCS7|CMS)-----|MI[A-Za-z0-9+/]{20})/.test(content.toString('latin1', 0, 64))
  );
}

export const allowedExtensions: readonly string[] = fileTypes.flatMap(({ extensions }) => extensions);

/**
 * What a file is, by its content; the extension must say the same.
 * @returns the media type, or null when it is nothing that may be filed, or pretends to be something else
 */
export function fileTypeOf(name: string, content: Buffer): string | null {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const type = fileTypes.find(({ extensions }) => extensions.includes(extension));
  return type?.matches(content) ? type.mediaType : null;
}
