/** What readers of other XML models need too: limits and attacks, places, problems, moddle's elements, the hash. */
export { Findings } from '../findings.ts';
export { child, children, given, idOf, isElement, nearestId, text } from '../read/element.ts';
export type { Element } from '../read/element.ts';
export { isId } from '../read/names.ts';
export { sha256 } from '../sha256.ts';
export { fileLimits, scanXml } from '../xml/scan-xml.ts';
export type { FileLimits, ScannedXml } from '../xml/scan-xml.ts';
