import sprite from 'bootstrap-italia/dist/svg/sprites.svg?url';

export interface IconProps {
  /** Name in the sprite of Bootstrap Italia, without `it-`. */
  readonly name: string;
  readonly size?: 'xs' | 'sm' | 'md';
  readonly className?: string;
}

/** An icon that only repeats what the text beside it says: hidden from screen readers. */
export function Icon({ name, size = 'sm', className = '' }: IconProps) {
  return (
    <svg className={`icon icon-${size} ${className}`} aria-hidden="true" focusable="false">
      <use href={`${sprite}#it-${name}`} />
    </svg>
  );
}
