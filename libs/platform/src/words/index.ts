/**
 * A sentence for people, Italian and English: whatever refuses says why in both. Days and instants stand in it as
 * `2026-03-06`; whoever shows it writes them as people read them.
 */
export interface Label {
  readonly it: string;
  readonly en: string;
}
