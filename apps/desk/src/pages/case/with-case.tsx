import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { OneCase } from '../../api/model.ts';
import { useCase } from '../../api/queries.ts';
import { ReadingProvider } from '../../session/reading.tsx';
import { Loaded } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';

interface WithCaseProps {
  /** Of the page as long as the case is not there. */
  readonly title: string;
  /** Above the title, then: where to go instead. */
  readonly before: ReactNode;
  readonly children: (file: OneCase) => ReactNode;
}

/** The case that the page's address names; below it everything is read for that case. */
export function WithCase({ title, before, children }: WithCaseProps) {
  const { id = '' } = useParams();
  const summary = useCase(id);
  if (summary.data === undefined)
    return (
      <Page title={title} before={before}>
        <Loaded query={summary} lines={10}>
          {() => null}
        </Loaded>
      </Page>
    );
  return (
    <ReadingProvider key={id} caseId={id}>
      {children(summary.data)}
    </ReadingProvider>
  );
}
