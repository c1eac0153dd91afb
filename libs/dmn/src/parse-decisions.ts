import { Findings, fileLimits, scanXml, sha256 } from '@iter/process-model/reading';
import type { Problem } from '@iter/process-model';
import { freeze } from './freeze.ts';
import type { DecisionDefinitions } from './model.ts';
import { readDefinitions } from './read/read-definitions.ts';
import { checkUnderstood } from './read/understood.ts';
import { readXml } from './xml/read-xml.ts';

export interface ParsedDecisions {
  /** Null when there is any error. */
  readonly definitions: DecisionDefinitions | null;
  /** In the order of the file. */
  readonly problems: readonly Problem[];
}

/** Tables hold many more elements than processes, each of them small. */
const limits = { ...fileLimits, elements: 100_000 };

/**
 * Reads a DMN file of the versions 1.1 to 1.5: what they share with 1.3.
 *
 * Whatever an evaluation would not obey is an error with its element, line and column; nothing is ever silently
 * ignored. What is drawn and what is told to people is left alone.
 * @param xml the text of the file
 * @param file its name, for the problems
 * Source: DMN 1.3
 */
export async function parseDecisions(xml: string, file?: string): Promise<ParsedDecisions> {
  const text = xml.startsWith('\ufeff') ? xml.slice(1) : xml;
  const scanned = scanXml(text, limits);
  const findings = new Findings(file, scanned.placeOf);
  if (scanned.fault) {
    const { rule, message, place } = scanned.fault;
    findings.error(scanned.elementAt(place), rule, message, place);
    return { definitions: null, problems: findings.problems };
  }
  const tag = await readXml(text, scanned, findings);
  if (tag) checkUnderstood(tag);
  const definitions = tag && readDefinitions(tag, sha256(xml));
  return { definitions: findings.hasErrors ? null : freeze(definitions), problems: findings.problems };
}
