import { afterAll } from '@jest/globals';
import { allowShadow, shadowMade } from './of-this-file.ts';

// Before every file of tests that use servers. A world compares when it closes; here, what nobody has closed. A log that
// was closed before its world cannot be read any more, and fails here.
allowShadow();
afterAll(async () => void (await shadowMade()?.compare()));
