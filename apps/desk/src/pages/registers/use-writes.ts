import { useMay, useSession } from '../../session/session.tsx';

/** Whose entries this person may write: the operator of the system everybody's, others those of their bodies and of whom these serve. */
export function useWrites(): (ipa: string) => boolean {
  const { bodies } = useSession();
  const isOperator = useMay()('RegisterBody');
  return (ipa) => isOperator || bodies.some(({ code }) => code === ipa);
}
