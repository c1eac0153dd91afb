import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/problem.ts';
import { ReasonDialog } from './reason.tsx';

interface AssignProps {
  readonly busy: boolean;
  readonly error: ApiProblem | null;
  readonly onClose: () => void;
  readonly onAssign: (username: string) => void;
}

/** Asks to whom tasks are given. */
export function AssignDialog({ onAssign, ...rest }: AssignProps) {
  const { t } = useTranslation();
  return (
    <ReasonDialog
      title={t('task.assign')}
      text={t('task.assignText')}
      label={t('signIn.username')}
      submit={t('task.assign')}
      oneLine
      most={64}
      onSubmit={onAssign}
      {...rest}
    />
  );
}
