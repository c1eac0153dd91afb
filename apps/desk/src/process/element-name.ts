import { useMemo } from 'react';
import type { Deployed } from '../api/queries.ts';
import { readDrawing } from './drawing.ts';

/** Label of an element, in the drawing of its definition. */
export type ElementName = (id: string, definition: string) => string;

export function useElementName(deployed: readonly Deployed[] | undefined): ElementName {
  return useMemo(() => {
    const names = new Map(deployed?.map(({ hash, key, xml }) => [hash, readDrawing(xml, key)?.labels]));
    return (id, definition) => names.get(definition)?.get(id) ?? id;
  }, [deployed]);
}
