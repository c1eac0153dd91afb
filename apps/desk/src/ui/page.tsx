import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import { Mixed } from './mixed.tsx';
import { unmarked } from './italian.ts';

interface PageProps {
  /** The one h1, also the title of the tab. */
  readonly title: string;
  readonly lead?: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  /** Above the title: where this page lies. */
  readonly before?: ReactNode;
  readonly children: ReactNode;
}

/** The path last shown, and whether people walked to it: the page first opened leaves the focus alone. */
let shown: { readonly path: string; readonly walked: boolean } | null = null;

/** A page: one heading, which gets the focus when people arrive here from another page. */
export function Page({ title, lead, actions, before, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();

  useEffect(() => {
    document.title = `${unmarked(title)} · Iter`;
  }, [title]);
  useEffect(() => {
    const arrived = shown !== null && shown.path !== pathname;
    // What was loading has been replaced by the page itself, and the focus fell with it.
    const fallen = shown?.walked === true && document.activeElement === document.body;
    if (arrived || fallen) heading.current?.focus({ preventScroll: true });
    if (arrived) window.scrollTo(0, 0);
    if (shown?.path !== pathname) shown = { path: pathname, walked: shown !== null };
  }, [pathname]);

  return (
    <div className="container-xl desk-page">
      {before}
      <div className="desk-page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            <Mixed text={title} />
          </h1>
          {lead !== undefined && <p className="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div className="desk-actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
