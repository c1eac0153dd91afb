/** Under a term, what it rests on; what rests on no norm has a dash for one, and nothing is shown. */
export const Norm = ({ norm }: { readonly norm: string }) =>
  norm === '–' ? null : (
    <span className="desk-sub" lang="it">
      {norm}
    </span>
  );
