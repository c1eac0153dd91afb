import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ShownOnce } from '../../../apps/desk/src/ui/shown-once.tsx';

/** A secret, and a button that makes another in its place. */
function Secrets() {
  const [made, setMade] = useState(1);
  const words = { title: 'Fatto', text: 'Solo ora', label: 'Segreto', copy: 'Copia', copied: 'Copiato' };
  return (
    <>
      <button type="button" onClick={() => setMade(made + 1)}>
        Un altro
      </button>
      <ShownOnce {...words} value={`segreto-${made}`} />
    </>
  );
}

createRoot(document.getElementById('root')!).render(<Secrets />);
