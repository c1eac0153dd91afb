/** Without what is easily read for something else. */
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A password to be told once: 16 random letters of 56, above 90 bits. */
export function newPassword(): string {
  const fair = 256 - (256 % letters.length);
  let password = '';
  while (password.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(24))) {
      if (byte < fair && password.length < 16) password += letters[byte % letters.length];
    }
  }
  return password;
}
