import './styles/main.scss';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, prepare } from './app.tsx';
import { startTexts } from './i18n/index.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
await Promise.all([startTexts(), prepare()]);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
