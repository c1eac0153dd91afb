export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';

/**
 * The text of a file, whatever wrote it: by its byte order mark, else UTF-8 when it is that, else Windows' western
 * European encoding, in which every file is some text.
 * @param bytes the file as it is
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  const decode = (encoding: Encoding, fatal = false) => new TextDecoder(encoding, { fatal }).decode(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decode('utf-16le'), encoding: 'utf-16le' };
  try {
    return { text: decode('utf-8', true), encoding: 'utf-8' };
  } catch {
    return { text: decode('windows-1252'), encoding: 'windows-1252' };
  }
}
