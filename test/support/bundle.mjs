import { join } from 'node:path';
import { build } from 'vite';

// Writes to standard output, as one script, the component that `test/e2e/components/NAME.tsx` shows.
const [name = ''] = process.argv.slice(2);
const { output } = await build({
  configFile: false,
  logLevel: 'silent',
  build: {
    write: false,
    minify: false,
    rolldownOptions: {
      input: join(import.meta.dirname, '..', 'e2e', 'components', `${name}.tsx`),
      output: { format: 'iife', codeSplitting: false },
    },
  },
});
process.stdout.write(output[0].code);
