import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

interface MenuProps {
  /** Content of the button that opens it. */
  readonly button: ReactNode;
  readonly label?: string;
  readonly className?: string;
  /** @param close closes the panel, and the focus goes back */
  readonly children: (close: () => void) => ReactNode;
}

/** A button that discloses a small panel; Esc or a click elsewhere closes it and the focus goes back. */
export function Menu({ button, label, className = '', children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const [opener, setOpener] = useState<HTMLButtonElement | null>(null);

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);

  const close = () => {
    setOpen(false);
    opener?.focus();
  };
  return (
    <div
      ref={box}
      className={`desk-menu ${className}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) close();
      }}
    >
      <button
        ref={setOpener}
        type="button"
        className="desk-menu-button"
        aria-expanded={open}
        aria-label={label}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && <div className="desk-menu-panel">{children(close)}</div>}
    </div>
  );
}
