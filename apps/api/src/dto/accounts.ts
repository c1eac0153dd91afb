import { roles } from '@iter/access';
import { passwordRules } from '@iter/access/accounts';
import { Choice, Flag, Many, Text } from './fields.ts';
import { PageQuery } from './page.ts';
import { OfficeDto } from './substitutions.ts';

export class AccountsQuery extends PageQuery {
  @Text('rossi', { optional: true, max: 100, description: 'Part of a username or name.' })
  text?: string;

  @Choice(['enabled', 'disabled', 'all'], { optional: true, description: '`all` by default.' })
  state?: string;
}

export class GrantDto {
  @Choice(roles)
  role!: string;

  @Text('c_borgo', { max: 30, description: 'Code of the body for which the role is held.' })
  body!: string;
}

export class CreateAccountDto {
  @Text('rossi.maria', { max: 40 })
  username!: string;

  @Text('Maria Rossi', { description: 'Sealed in the log.' })
  displayName!: string;

  @Many(() => GrantDto, { max: 50 })
  grants!: GrantDto[];

  @Text('una parola lunga', {
    min: passwordRules.minLength,
    max: passwordRules.maxLength,
    description: 'The first one, to be changed by whoever gets the account.',
  })
  password!: string;
}

export class AccountDto {
  @Text('rossi.maria')
  username!: string;

  @Text('Maria Rossi')
  displayName!: string;

  @Many(() => OfficeDto)
  grants!: OfficeDto[];

  @Flag(false, { description: 'Nobody signs in with it.' })
  disabled!: boolean;
}

const aReason = 'Cambio di ufficio';

export class GrantRolesDto {
  @Many(() => GrantDto, { max: 50, description: 'All that the account holds from now on.' })
  grants!: GrantDto[];

  @Many(() => GrantDto, {
    ...{ optional: true, max: 50 },
    description: 'What it held when this was decided: refused (409) when it holds something else by now.',
  })
  former?: GrantDto[];

  @Text(aReason, { max: 2_000, description: 'Recorded with the act.' })
  reason!: string;
}

export class AccountReasonDto {
  @Text(aReason, { max: 2_000, description: 'Recorded with the act.' })
  reason!: string;
}

export class ResetPasswordDto {
  @Text('una parola lunga', {
    min: passwordRules.minLength,
    max: passwordRules.maxLength,
    description: 'To be changed by whoever gets it.',
  })
  password!: string;
}
