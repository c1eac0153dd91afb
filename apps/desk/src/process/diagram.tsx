import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { noProgress } from './progress.ts';
import type { Progress } from './progress.ts';
import { windowOn } from './window-on.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface Canvas {
  zoom(level: 'fit-viewport' | number, center?: 'auto'): number;
  viewbox(): Box & {
    readonly inner: Box;
    readonly outer: { readonly width: number; readonly height: number };
  };
  viewbox(box: Box): void;
  zoom(): number;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
}
interface Registry {
  get(id: string): (Box & { readonly children?: readonly unknown[] }) | undefined;
}
interface Overlays {
  add(
    element: string,
    type: string,
    overlay: { position: Record<string, number>; html: HTMLElement },
  ): string;
  remove(filter: { type: string }): void;
}

interface DiagramProps {
  readonly xml: string;
  /** Null: it is about the process itself and no case of it. */
  readonly progress: Progress | null;
  /** An element that is kept in sight as it changes; null: where to look stays as it was. */
  readonly at: string | null;
}

/** The drawing with the live tokens, the way taken and the number of visits. The outline says the same in words. */
export default function Diagram({ xml, progress: walked, at }: DiagramProps) {
  const { t, i18n } = useTranslation();
  const progress = walked ?? noProgress;
  const box = useRef<HTMLDivElement>(null);
  const viewer = useRef<NavigatedViewer | null>(null);
  const [drawn, setDrawn] = useState(0);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    if (box.current === null) return;
    const made = new NavigatedViewer({ container: box.current });
    viewer.current = made;
    let stays = true;
    made.importXML(xml).then(
      () => {
        if (!stays) return;
        setDrawn((n) => n + 1);
      },
      (reason: unknown) => stays && setError(reason),
    );
    return () => {
      stays = false;
      made.destroy();
      viewer.current = null;
    };
  }, [xml]);

  // Where to look is chosen once per drawing: later changes must not move it under the reader's eyes.
  const first = useRef(progress);
  useEffect(() => {
    if (viewer.current !== null && drawn > 0) lookAt(viewer.current, first.current);
  }, [drawn]);

  // How large it is people may have chosen: then it stays so.
  const isSized = useRef(false);
  useEffect(() => {
    if (viewer.current !== null && drawn > 0 && at !== null) keepInSight(viewer.current, at, isSized.current);
  }, [drawn, at]);

  useEffect(() => {
    const shown = viewer.current;
    if (shown === null || drawn === 0) return;
    return mark(shown, progress, i18n.language, (count, active) =>
      active ? t('diagram.tokens', { count }) : t('diagram.visits', { count }),
    );
  }, [drawn, progress, t, i18n.language]);

  const zoom = (factor: number) => {
    const canvas = viewer.current?.get<Canvas>('canvas');
    isSized.current = true;
    if (canvas)
      canvas.zoom(factor === 0 ? 'fit-viewport' : canvas.zoom() * factor, factor === 0 ? 'auto' : undefined);
  };

  if (error !== null) return <Problem error={error} />;
  return (
    <div className="desk-diagram">
      <div className="desk-diagram-tools" role="group" aria-label={t('diagram.tools')}>
        <button
          type="button"
          className="desk-icon-button"
          aria-label={t('diagram.zoomIn')}
          onClick={() => zoom(1.25)}
        >
          <Icon name="zoom-in" />
        </button>
        <button
          type="button"
          className="desk-icon-button"
          aria-label={t('diagram.zoomOut')}
          onClick={() => zoom(0.8)}
        >
          <Icon name="zoom-out" />
        </button>
        {walked && (
          <button
            type="button"
            className="desk-icon-button"
            aria-label={t('diagram.toToken')}
            onClick={() => {
              isSized.current = false;
              if (viewer.current) lookAt(viewer.current, progress);
            }}
          >
            <Icon name="map-marker" />
          </button>
        )}
        <button
          type="button"
          className="desk-icon-button"
          aria-label={t('diagram.fit')}
          onClick={() => zoom(0)}
        >
          <Icon name="maximize-alt" />
        </button>
      </div>
      <div className="desk-canvas" role="group" aria-label={t('diagram.picture')}>
        {/* Drawings are Italian, whatever the reader's language. */}
        <div ref={box} lang="it" />
      </div>
      {walked && (
        <ul className="desk-legend">
          <li>
            <span className="desk-key desk-key-active" aria-hidden="true" /> {t('diagram.active')}
          </li>
          <li>
            <span className="desk-key desk-key-done" aria-hidden="true" /> {t('diagram.done')}
          </li>
          <li>
            <span className="desk-key desk-key-interrupted" aria-hidden="true" /> {t('outline.interrupted')}
          </li>
          <li>
            <span className="desk-key desk-key-path" aria-hidden="true" /> {t('diagram.path')}
          </li>
          <li>
            <span className="desk-count" aria-hidden="true">
              2
            </span>{' '}
            {t('diagram.count')}
          </li>
        </ul>
      )}
    </div>
  );
}

const legible = 0.75;

/** Shows the whole drawing if it can be read so; else, legibly, the place where the case stands or began. */
function lookAt(viewer: NavigatedViewer, progress: Progress): void {
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<Registry>('elementRegistry');
  if (canvas.zoom('fit-viewport', 'auto') >= legible) return;
  const visited = [...progress.elements].flatMap(([id, visits]) => {
    const shape = registry.get(id);
    return shape ? [{ shape, active: visits.active > 0 }] : [];
  });
  // Of a sub-process and what runs in it, what runs in it.
  const tokens = visited.filter(({ active }) => active).map(({ shape }) => shape);
  const at = tokens.toSorted((a, b) => a.width * a.height - b.width * b.height)[0] ?? visited.at(-1)?.shape;
  if (at !== undefined) centre(canvas, at, legible);
}

/** Moves the window only when the element is not in it, or, unless its size was chosen, cannot be read. */
function keepInSight(viewer: NavigatedViewer, element: string, isSized: boolean): void {
  const canvas = viewer.get<Canvas>('canvas');
  const shape = viewer.get<Registry>('elementRegistry').get(element);
  // A flow has no place of its own.
  if (shape?.width === undefined) return;
  const { x, y, width, height } = canvas.viewbox();
  const isIn =
    shape.x >= x &&
    shape.y >= y &&
    shape.x + shape.width <= x + width &&
    shape.y + shape.height <= y + height;
  // Sizes that were set come back a hair off.
  const isReadable = isSized || canvas.zoom() > legible - 0.01;
  if (isReadable && isIn) return;
  // What is larger than the window is in it as far as it can be.
  if (isReadable) centre(canvas, shape, canvas.zoom());
  else if (canvas.zoom('fit-viewport', 'auto') < legible) centre(canvas, shape, legible);
}

/** Shows a drawing in this size around a place in it. */
function centre(canvas: Canvas, at: Box, scale: number): void {
  const { inner, outer } = canvas.viewbox();
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({
    ...{ width, height },
    x: windowOn(at.x + at.width / 2, width, { from: inner.x, length: inner.width }),
    y: windowOn(at.y + at.height / 2, height, { from: inner.y, length: inner.height }),
  });
}

/** Puts the marks on the drawing; elements that this version does not draw are passed over. Returns how to take them off. */
function mark(
  viewer: NavigatedViewer,
  progress: Progress,
  language: string,
  title: (count: number, active: boolean) => string,
) {
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<Registry>('elementRegistry');
  const overlays = viewer.get<Overlays>('overlays');
  const marked: [string, string][] = [];
  const badge = (className: string, count: number, said: string): HTMLElement => {
    const element = document.createElement('span');
    element.className = className;
    element.textContent = String(count);
    element.title = said;
    element.lang = language;
    return element;
  };
  const add = (id: string, marker: string) => {
    canvas.addMarker(id, marker);
    marked.push([id, marker]);
  };
  for (const [id, visits] of progress.elements) {
    const shape = registry.get(id);
    if (!shape) continue;
    const around = (shape.children?.length ?? 0) > 0;
    if (visits.active > 0) add(id, around ? 'desk-around' : 'desk-active');
    else if (around) continue;
    else if (visits.completed > 0) add(id, 'desk-done');
    else add(id, 'desk-interrupted');
    if (visits.active > 0 && !around)
      overlays.add(id, 'visits', {
        position: { top: -14, left: -10 },
        html: badge('desk-token', visits.active, title(visits.active, true)),
      });
    if (visits.completed > 1)
      overlays.add(id, 'visits', {
        position: { bottom: 12, right: 14 },
        html: badge('desk-count', visits.completed, title(visits.completed, false)),
      });
  }
  for (const id of progress.flows.keys()) if (registry.get(id)) add(id, 'desk-taken');
  return () => {
    try {
      overlays.remove({ type: 'visits' });
      for (const [id, marker] of marked) canvas.removeMarker(id, marker);
    } catch {
      // The viewer has gone already, and its marks with it.
    }
  };
}
