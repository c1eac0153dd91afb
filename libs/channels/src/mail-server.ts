const own: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

export interface MailServerAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  /** Without TLS nothing goes there: it is another machine, and nobody has said that it may. */
  readonly demandsTls: boolean;
  readonly user: string;
  readonly pass: string;
  readonly tls: { readonly minVersion: 'TLSv1.2'; readonly ca?: string };
}

/**
 * Where a mail server is, and what it asks for, as its URL says: `smtp://` or `imap://` (STARTTLS), `smtps://` or
 * `imaps://`.
 * @param ports where the URL names none
 */
export function mailServerAt(
  { url, plaintext, ca }: { readonly url: string; readonly plaintext?: boolean; readonly ca?: string },
  ports: { readonly secure: number; readonly other: number },
): MailServerAddress {
  const { hostname, port, protocol, username, password } = new URL(url);
  const secure = protocol === 'smtps:' || protocol === 'imaps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  return {
    ...{ host, secure, port: port ? Number(port) : secure ? ports.secure : ports.other },
    demandsTls: !secure && !own.has(host) && !plaintext,
    ...{ user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
  };
}
