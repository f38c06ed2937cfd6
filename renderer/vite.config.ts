/**
 * Two pages, one configuration: `vite build -c renderer/vite.config.ts --mode till` writes dist/till, `--mode console` dist/console.
 * The pages are served under a content security policy without inline scripts or styles and without data: fonts, so nothing is inlined.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const PAGES: ReadonlySet<string> = new Set(['till', 'console']);
/** Where the tests drive the pages by an older browser too. */
const BROWSER = 'chrome114';

export default defineConfig(({ mode }) => {
  const page = PAGES.has(mode) ? mode : 'till';
  return {
    root: `renderer/${page}`,
    base: './',
    plugins: [react()],
    build: {
      outDir: `../../dist/${page}`,
      emptyOutDir: true,
      target: BROWSER,
      cssTarget: BROWSER,
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
    },
  };
});
