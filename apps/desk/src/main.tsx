import './styles/main.scss';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, prepare } from './app.tsx';
import { comeBack, leave } from './form/broken-off.ts';
import { startTexts } from './i18n/index.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
addEventListener('pagehide', leave);
addEventListener('pageshow', comeBack);
const hasTexts = startTexts().then(
  () => true,
  () => false,
);
await prepare();
createRoot(root).render(<StrictMode>{(await hasTexts) ? <App /> : <NoTexts />}</StrictMode>);

/** What there is to say without any texts. */
function NoTexts() {
  return (
    <main className="container-xl desk-page" role="alert">
      <h1 className="h4">Iter</h1>
      <p>I testi della pagina non si sono caricati. Controlla il collegamento e ricarica la pagina.</p>
      <p lang="en">The texts of the page did not load. Check your connection and reload the page.</p>
    </main>
  );
}
