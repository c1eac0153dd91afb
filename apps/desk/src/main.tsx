import './styles/main.scss';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startTexts } from './i18n/index.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
await startTexts();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
