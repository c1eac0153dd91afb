/**
 * Whether each tag ends before the next begins, and is no longer than its attributes could make it: the parser reads on to any
 * quotation mark, and complains of each word of a tag before it can be stopped. Of comments, sections of characters and
 * declarations only the beginning is looked at: what they are is the parser's to say. Takes time in proportion to the length.
 */
export function hasSoundTags(xml: string, mostChars: number): boolean {
  for (let at = xml.indexOf('<'); at !== -1;) {
    const closing = xml.startsWith('<!--', at) ? '-->' : xml.startsWith('<![CDATA[', at) ? ']]>' : null;
    const isDeclaration = closing === null && xml.startsWith('<!', at);
    const end = isDeclaration
      ? at + 1
      : closing === null
        ? endOfTag(xml, at, mostChars)
        : xml.indexOf(closing, at);
    if (end === -1) return false;
    at = xml.indexOf('<', end);
  }
  return true;
}

function endOfTag(xml: string, start: number, mostChars: number): number {
  let quote = '';
  for (let at = start + 1; at < xml.length && at - start <= mostChars; at++) {
    const char = xml.charAt(at);
    if (char === '<') return -1;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '>') return at;
    else if (char === '"' || char === "'") quote = char;
  }
  return -1;
}
