import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = { target: 'http://127.0.0.1:3000', changeOrigin: false };

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Everything is served by the house itself, below its own address: nothing is inlined but tiny files.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    sourcemap: false,
    // Setting the style sheets takes the time; saying so at each build helps nobody.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  css: {
    preprocessorOptions: {
      // Bootstrap Italia 2 still speaks the older Sass; its warnings are not ours to mend.
      scss: {
        quietDeps: true,
        silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function', 'slash-div'],
      },
    },
  },
  server: { port: 5173, proxy: { '/api': api, '/status': api } },
});
