import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import { RouterProvider, createBrowserRouter } from 'react-router';
import { ApiProblem } from './api/problem.ts';
import { Broken } from './pages/broken.tsx';
import { Home } from './shell/header.tsx';
import { Shell } from './shell/shell.tsx';
import { ClockProvider } from './time/clock.tsx';
import { Skeleton } from './ui/feedback.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What the browser takes for offline may still reach a server of the house; who cannot is told so at once.
      networkMode: 'always',
      staleTime: 10_000,
      // What was refused stays refused; what was not reached is tried again.
      retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status < 500),
    },
    mutations: { networkMode: 'always' },
  },
});

const pages = {
  inbox: lazy(() => import('./pages/inbox/inbox.tsx')),
  task: lazy(() => import('./pages/task/task.tsx')),
  cases: lazy(() => import('./pages/cases.tsx')),
  start: lazy(() => import('./pages/start-case.tsx')),
  case: lazy(() => import('./pages/case/case.tsx')),
  replay: lazy(() => import('./pages/replay/replay.tsx')),
  certifiedMail: lazy(() => import('./pages/certified-mail/certified-mail.tsx')),
  incoming: lazy(() => import('./pages/incoming/incoming.tsx')),
  entrance: lazy(() => import('./pages/entrance/entrance.tsx')),
  request: lazy(() => import('./pages/entrance/request.tsx')),
  part: lazy(() => import('./pages/part/part.tsx')),
  deadlines: lazy(() => import('./pages/deadlines/deadlines.tsx')),
  escalations: lazy(() => import('./pages/escalations/escalations.tsx')),
  substitutions: lazy(() => import('./pages/substitutions/substitutions.tsx')),
  incidents: lazy(() => import('./pages/incidents.tsx')),
  operations: lazy(() => import('./pages/operations/operations.tsx')),
  find: lazy(() => import('./pages/operations/find.tsx')),
  definitions: lazy(() => import('./pages/operations/definitions.tsx')),
  accounts: lazy(() => import('./pages/operations/accounts.tsx')),
  checks: lazy(() => import('./pages/operations/checks.tsx')),
  accessibility: lazy(() => import('./pages/accessibility.tsx')),
  audit: lazy(() => import('./pages/audit.tsx')),
  preferences: lazy(() => import('./pages/preferences/preferences.tsx')),
  statistics: lazy(() => import('./pages/statistics/statistics.tsx')),
  survey: lazy(() => import('./pages/survey/survey.tsx')),
  training: lazy(() => import('./pages/training/training.tsx')),
  library: lazy(() => import('./pages/library/library.tsx')),
  package: lazy(() => import('./pages/library/package.tsx')),
  programme: lazy(() => import('./pages/programme/programme.tsx')),
  terms: lazy(() => import('./pages/terms/terms.tsx')),
  calculator: lazy(() => import('./pages/calculator/calculator.tsx')),
  calendars: lazy(() => import('./pages/calendars/calendars.tsx')),
  printed: lazy(() => import('./pages/printed/printed.tsx')),
  registers: lazy(() => import('./pages/registers/registers.tsx')),
  missing: lazy(() => import('./pages/missing.tsx')),
};

const show = (Name: keyof typeof pages) => {
  const Shown = pages[Name];
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Shown />
    </Suspense>
  );
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
      { path: 'tasks', element: show('inbox') },
      { path: 'tasks/:id', element: show('task') },
      { path: 'cases', element: show('cases') },
      { path: 'cases/new', element: show('start') },
      { path: 'cases/:id', element: show('case') },
      { path: 'cases/:id/incoming', element: show('incoming') },
      { path: 'cases/:id/replay', element: show('replay') },
      { path: 'entrance', element: show('entrance') },
      { path: 'entrance/:id', element: show('request') },
      { path: 'part/:who', element: show('part') },
      { path: 'certified-mail', element: show('certifiedMail') },
      { path: 'deadlines', element: show('deadlines') },
      { path: 'escalations', element: show('escalations') },
      { path: 'substitutions', element: show('substitutions') },
      { path: 'incidents', element: show('incidents') },
      { path: 'operations', element: show('operations') },
      { path: 'operations/find', element: show('find') },
      { path: 'operations/definitions', element: show('definitions') },
      { path: 'operations/accounts', element: show('accounts') },
      { path: 'operations/checks', element: show('checks') },
      { path: 'accessibility', element: show('accessibility') },
      { path: 'audit', element: show('audit') },
      { path: 'preferences', element: show('preferences') },
      { path: 'statistics', element: show('statistics') },
      { path: 'survey', element: show('survey') },
      { path: 'training', element: show('training') },
      { path: 'programme', element: show('programme') },
      { path: 'library', element: show('library') },
      { path: 'library/:key', element: show('package') },
      { path: 'terms', element: show('terms') },
      { path: 'terms/calculator', element: show('calculator') },
      { path: 'calendars', element: show('calendars') },
      { path: 'printed-registers', element: show('printed') },
      { path: 'registers', element: show('registers') },
      { path: '*', element: show('missing') },
    ],
  },
]);

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <ClockProvider>
        <RouterProvider router={router} />
      </ClockProvider>
    </QueryClientProvider>
  );
}
