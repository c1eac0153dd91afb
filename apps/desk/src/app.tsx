import { QueryClient, QueryClientProvider, notifyManager } from '@tanstack/react-query';
import { Suspense, lazy, useState } from 'react';
import type { ComponentType } from 'react';
import { RouterProvider, createBrowserRouter, matchRoutes } from 'react-router';
import { ApiProblem, mayAskAgain } from './api/problem.ts';
import { statusQuery } from './api/queries.ts';
import { Broken } from './pages/broken.tsx';
import { Home } from './shell/header.tsx';
import { sessionQuery } from './session/session.tsx';
import { Shell } from './shell/shell.tsx';
import { ClockProvider } from './time/clock.tsx';
import { Skeleton } from './ui/feedback.tsx';
import { afterPress, watchPresses } from './ui/press.ts';

watchPresses();
// What the server tells moves nothing under a finger.
notifyManager.setScheduler((flush) => setTimeout(() => afterPress(flush)));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What the browser takes for offline may still reach a server of the house; who cannot is told so at once.
      networkMode: 'always',
      staleTime: 10_000,
      refetchOnWindowFocus: mayAskAgain,
      refetchOnReconnect: mayAskAgain,
      // What was refused stays refused; what was not reached is tried again.
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status < 500),
    },
    mutations: { networkMode: 'always' },
  },
});

type Load = () => Promise<{ readonly default: ComponentType }>;

/** A route's page, whose loading may begin before it is drawn: then it is drawn at once. */
const show = (load: Load) => {
  const Waited = lazy(load);
  let loaded: ComponentType | null = null;
  function Shown() {
    // Later than its first drawing it stays what it was, or it would begin anew.
    const [Here] = useState(() => loaded ?? Waited);
    return (
      <Suspense fallback={<PageSkeleton />}>
        <Here />
      </Suspense>
    );
  }
  const prepare = async (): Promise<void> => {
    loaded = (await load()).default;
  };
  return { element: <Shown />, handle: { prepare } };
};

function PageSkeleton() {
  return (
    <div className="container-xl desk-page">
      <Skeleton lines={8} />
    </div>
  );
}

const router = createBrowserRouter([
  {
    path: '/',
    element: <Shell />,
    errorElement: <Broken />,
    children: [
      { index: true, element: <Home /> },
      { path: 'tasks', ...show(() => import('./pages/inbox/inbox.tsx')) },
      { path: 'tasks/:id', ...show(() => import('./pages/task/task.tsx')) },
      { path: 'cases', ...show(() => import('./pages/cases.tsx')) },
      { path: 'cases/new', ...show(() => import('./pages/start-case.tsx')) },
      { path: 'cases/:id', ...show(() => import('./pages/case/case.tsx')) },
      { path: 'cases/:id/incoming', ...show(() => import('./pages/incoming/incoming.tsx')) },
      { path: 'cases/:id/replay', ...show(() => import('./pages/replay/replay.tsx')) },
      { path: 'entrance', ...show(() => import('./pages/entrance/entrance.tsx')) },
      { path: 'entrance/:id', ...show(() => import('./pages/entrance/request.tsx')) },
      { path: 'part/:who', ...show(() => import('./pages/part/part.tsx')) },
      { path: 'certified-mail', ...show(() => import('./pages/certified-mail/certified-mail.tsx')) },
      { path: 'deadlines', ...show(() => import('./pages/deadlines/deadlines.tsx')) },
      { path: 'escalations', ...show(() => import('./pages/escalations/escalations.tsx')) },
      { path: 'substitutions', ...show(() => import('./pages/substitutions/substitutions.tsx')) },
      { path: 'incidents', ...show(() => import('./pages/incidents.tsx')) },
      { path: 'operations', ...show(() => import('./pages/operations/operations.tsx')) },
      { path: 'operations/find', ...show(() => import('./pages/operations/find.tsx')) },
      { path: 'operations/definitions', ...show(() => import('./pages/operations/definitions.tsx')) },
      { path: 'operations/accounts', ...show(() => import('./pages/operations/accounts.tsx')) },
      { path: 'operations/webhooks', ...show(() => import('./pages/webhooks/webhooks.tsx')) },
      { path: 'operations/webhooks/:id', ...show(() => import('./pages/webhooks/webhook.tsx')) },
      { path: 'operations/checks', ...show(() => import('./pages/operations/checks.tsx')) },
      { path: 'accessibility', ...show(() => import('./pages/accessibility.tsx')) },
      { path: 'audit', ...show(() => import('./pages/audit.tsx')) },
      { path: 'preferences', ...show(() => import('./pages/preferences/preferences.tsx')) },
      { path: 'statistics', ...show(() => import('./pages/statistics/statistics.tsx')) },
      { path: 'survey', ...show(() => import('./pages/survey/survey.tsx')) },
      { path: 'training/editions/:id/:comune', ...show(() => import('./pages/training/enrolments.tsx')) },
      { path: 'training', ...show(() => import('./pages/training/training.tsx')) },
      { path: 'programme', ...show(() => import('./pages/programme/programme.tsx')) },
      { path: 'library', ...show(() => import('./pages/library/library.tsx')) },
      { path: 'library/:key', ...show(() => import('./pages/library/package.tsx')) },
      { path: 'terms', ...show(() => import('./pages/terms/terms.tsx')) },
      { path: 'terms/calculator', ...show(() => import('./pages/calculator/calculator.tsx')) },
      { path: 'calendars', ...show(() => import('./pages/calendars/calendars.tsx')) },
      { path: 'printed-registers', ...show(() => import('./pages/printed/printed.tsx')) },
      { path: 'registers', ...show(() => import('./pages/registers/registers.tsx')) },
      { path: '*', ...show(() => import('./pages/missing.tsx')) },
    ],
  },
]);

/**
 * Begins to ask who is signed in and what time it is, and loads the page of the address meanwhile: what is waited for in the middle of a page comes
 * 300 ms after its skeleton at the earliest, as React has it.
 */
export async function prepare(): Promise<void> {
  void queries.prefetchQuery(sessionQuery);
  void queries.prefetchQuery(statusQuery);
  const page = matchRoutes(router.routes, location)?.at(-1)?.route;
  const handle = page?.handle as { prepare(): Promise<void> } | undefined;
  // What cannot be loaded is said in its place.
  await handle?.prepare().catch(() => undefined);
}

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <ClockProvider>
        <RouterProvider router={router} />
      </ClockProvider>
    </QueryClientProvider>
  );
}
