import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { chapterSize, useChapter } from '../../api/replay.ts';
import { Loaded } from '../../ui/feedback.tsx';
import { framesOf } from './film.ts';
import type { Frame } from './film.ts';

interface ComparedProps {
  readonly id: string;
  /** The step with which another is compared. */
  readonly fixed: number;
  readonly children: (frame: Frame) => ReactNode;
}

/** The case at another step, from its own chapter. */
export function Compared({ id, fixed, children }: ComparedProps) {
  const chapter = useChapter(id, Math.floor(fixed / chapterSize));
  const frames = useMemo(() => (chapter.data ? framesOf(chapter.data) : []), [chapter.data]);
  return (
    <Loaded query={chapter} lines={6}>
      {({ first }) => {
        const frame = frames[Math.min(Math.max(fixed - first + 1, 0), frames.length - 1)];
        return frame && children(frame);
      }}
    </Loaded>
  );
}
