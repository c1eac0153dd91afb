import { useMemo } from 'react';
import type { Deployed } from '../api/queries.ts';
import { readDrawing } from './drawing.ts';
import { labelIn } from './labels.ts';

/** Label of an element, in the drawing of its definition. */
export type ElementName = (id: string, definition: string) => string;

export function useElementName(deployed: readonly Deployed[] | undefined): ElementName {
  return useMemo(() => {
    const labels = new Map(deployed?.map(({ hash, key, xml }) => [hash, readDrawing(xml, key)?.labels]));
    return (id, definition) => labelIn(labels, id, definition) ?? id;
  }, [deployed]);
}
