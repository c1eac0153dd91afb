import { rmSync } from 'node:fs';

export default async function globalTeardown() {
  const servers = globalThis.iterServers;
  if (!servers) return;
  globalThis.iterServers = undefined;
  servers.redis.kill();
  servers.esdb.stop();
  await servers.postgres.stop();
  rmSync(servers.folder, { recursive: true, force: true });
}
