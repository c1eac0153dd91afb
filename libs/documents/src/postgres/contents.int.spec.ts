import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { createPool, migrate } from '@iter/platform/postgres';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { ContentStore } from '../content-store.ts';
import { createDocuments, maxDocumentBytes } from '../documents.ts';
import { createPostgresContents, documentMigrations } from './index.ts';

const caseId = '3b0f0a52-6f0b-5a5e-9d38-1f5f6f0f8a11';

describe('documents in PostgreSQL', () => {
  let store: ContentStore;
  let end: () => Promise<void>;

  beforeAll(async () => {
    const database = await createTestDatabase();
    const pool = createPool({ url: database.url });
    await migrate(pool, documentMigrations);
    store = createPostgresContents(pool);
    end = async () => {
      await pool.end();
      await database.drop();
    };
  });
  afterAll(() => end());

  it('come back as they were, also the largest; kept twice they are there once', async () => {
    const documents = createDocuments({ store, sealer: createSealer({ store: createMemoryDataKeys() }) });
    const content = Buffer.alloc(maxDocumentBytes, 7);
    content.write('%PDF-1.7');
    for (const name of ['a.pdf', 'b.pdf']) {
      expect(await documents.keep(caseId, name, content)).toMatchObject({ outcome: 'kept' });
    }
    const kept = await documents.keep(caseId, 'a.pdf', content);
    const sha256 = kept.outcome === 'kept' ? kept.document.sha256 : '';
    expect((await documents.read(caseId, sha256))?.equals(content)).toBe(true);
    await documents.discard(caseId, sha256);
    expect(await documents.read(caseId, sha256)).toBeNull();
  });
});
