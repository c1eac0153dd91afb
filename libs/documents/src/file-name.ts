const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name that is safe to show, to store and to offer for download: no folders, no control or direction
 * characters, no name that an operating system keeps for itself, at most 120 characters, extension kept.
 * @returns the name in Unicode normal form C; `documento` with the extension when nothing else is left
 */
export function safeName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    // Control, format (zero width, direction marks), surrogate and private characters.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const extension = dot > 0 ? clean.slice(dot).slice(0, 12) : '';
  const stem = (dot > 0 ? clean.slice(0, dot) : clean).trim();
  const base = [...(stem === '' ? 'documento' : stem)].slice(0, 120 - extension.length).join('');
  return reserved.test(base) ? `_${base}${extension}` : `${base}${extension}`;
}
