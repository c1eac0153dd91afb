/** Something that happened, as receivers outside are told of it: codes and days, nothing of a person. */
export interface OutsideEvent {
  /** The same whenever it is told again. */
  readonly id: string;
  /** Of the catalogue (`docs/webhooks.md`). */
  readonly kind: string;
  /** Code of the case. */
  readonly subject: string;
  /** When it was recorded. RFC 3339 instant. */
  readonly time: string;
  readonly data: Readonly<Record<string, string | null>>;
}

/** Before each kind; whoever reads events of several makers tells ours by it. Not to be changed. */
const typePrefix = 'io.github.iter-province.iter.';

export const eventMediaType = 'application/cloudevents+json';

/**
 * The event as CloudEvents 1.0 in structured JSON. The same event gives the same text.
 * @param publicUrl where the installation is reached: its events come from there
 * Source: CloudEvents 1.0.2, JSON Event Format 1.0.2
 */
export function cloudEvent({ id, kind, subject, time, data }: OutsideEvent, publicUrl: string): string {
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: publicUrl,
    type: `${typePrefix}${kind}`,
    subject,
    time,
    datacontenttype: 'application/json',
    dataschema: `${publicUrl}/api/v1/webhooks/schema`,
    data,
  });
}
