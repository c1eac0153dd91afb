import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './servers.mjs';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'mail');
const ca = readFileSync(join(fixtures, 'server.crt'), 'utf8');
/** Dovecot lets nobody read mail as root: then it runs as nobody. */
const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
const password = 'segreta';

/** An IMAP server of its own (Debian's dovecot-imapd) with one mailbox, on free ports, in a folder of its own. */
export async function dovecot() {
  const folder = mkdtempSync(join(tmpdir(), 'iter-dovecot-'));
  const inbox = join(folder, 'home', 'Maildir');
  for (const part of [
    '',
    'home',
    'home/Maildir',
    'home/Maildir/new',
    'home/Maildir/cur',
    'home/Maildir/tmp',
  ]) {
    if (part !== '') mkdirSync(join(folder, part));
    if (isRoot) chownSync(join(folder, part), nobody.uid, nobody.gid);
  }
  const [imap, imaps] = [await freePort(), await freePort()];
  for (const name of ['server.crt', 'server.key']) {
    writeFileSync(join(folder, name), readFileSync(join(fixtures, name)), { mode: 0o600 });
    if (isRoot) chownSync(join(folder, name), nobody.uid, nobody.gid);
  }
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, imap, imaps));
  const server = spawn('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], {
    stdio: 'ignore',
    ...(isRoot && nobody),
  });
  const ended = once(server, 'exit').catch(() => undefined);
  let isMissing = false;
  server.on('error', () => (isMissing = true));
  for (let tries = 0; !(await answers(imap)); tries++) {
    if (isMissing || server.exitCode !== null || tries > 200) {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
      throw new Error('The tests need Dovecot: on Debian or Ubuntu, `sudo apt-get install dovecot-imapd`.');
    }
    await sleep(50);
  }
  let count = 0;
  return {
    imapUrl: `imap://iter:${password}@127.0.0.1:${imap}`,
    imapsUrl: `imaps://iter:${password}@127.0.0.1:${imaps}`,
    ca,
    /** Puts a mail into the mailbox, as a server that delivers does. */
    deliver(source: string | Uint8Array): void {
      const name = `${1_700_000_000 + count++}.M${count}.test`;
      writeFileSync(join(inbox, 'tmp', name), source, { mode: 0o644 });
      renameSync(join(inbox, 'tmp', name), join(inbox, 'new', name));
    },
    /** Forgets its numbers: all mails get new ones under another validity. */
    renumber(): void {
      for (const name of [
        'dovecot-uidlist',
        'dovecot.index',
        'dovecot.index.log',
        'dovecot.index.cache',
        'dovecot-uidvalidity',
      ]) {
        rmSync(join(inbox, name), { force: true });
      }
    },
    async close(): Promise<void> {
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answer = await Promise.race([
    once(socket, 'data').catch(() => null),
    sleep(2_000, null, { ref: false }),
  ]);
  socket.destroy();
  return answer !== null;
}

function configuration(folder: string, imap: number, imaps: number): string {
  const user = isRoot ? 'nobody' : userInfo().username;
  const group = isRoot ? nobody.gid : userInfo().gid;
  return `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = ${user}
default_internal_group = ${isRoot ? 'nogroup' : `${group}`}
default_login_user = ${user}
first_valid_uid = 1
ssl = yes
ssl_cert = <${folder}/server.crt
ssl_key = <${folder}/server.key
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:${folder}/home/Maildir
mail_uid = ${isRoot ? nobody.uid : userInfo().uid}
mail_gid = ${group}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = home=${folder}/home allow_all_users=yes
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = ${imaps}
    ssl = yes
  }
}
`;
}
