import { layOut } from './lay-out.ts';

/**
 * Gives a file without any diagram one, so that the desk can show it. All else stays as it is, byte for byte; a file
 * with a diagram, or one that cannot be read, is returned unchanged.
 * @param xml a file that `parseProcesses` accepts
 */
export async function ensureDiagram(xml: string): Promise<string> {
  return /<(?:\w+:)?BPMNShape[\s>]/.test(xml) ? xml : layOut(xml);
}
