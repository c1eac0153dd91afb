/** What a command answers: 0 done, 1 the answer is no, 2 the input is wrong. */
export type ExitStatus = 0 | 1 | 2;

/** The input is wrong: a sentence for standard error, exit status 2. */
export class WrongInput extends Error {
  override readonly name = 'WrongInput';

  /** The same where JSON was asked for. */
  told(): object {
    return { code: 'input-invalid', message: this.message };
  }
}

export const printJson = (value: unknown): void =>
  void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
export const print = (line: string): void => void process.stdout.write(`${line}\n`);
export const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** JSON from the command line. @throws WrongInput naming the option */
export function parseJson(option: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongInput(`${option} is not JSON: ${text.slice(0, 80)}`);
  }
}
