import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Pages: index.html for the citizen (served at /), kiosk.html (/kiosk), pickup.html (/t), desk.html for the lawyer (/desk). */
export default defineConfig({
  root: at('./src/pages'),
  base: '/',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: at('./dist/pages'),
    emptyOutDir: true,
    assetsDir: 'assets',
    // The server's CSP is default-src 'self': no data: URIs, no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Old phones and the web view inside WeChat.
    target: ['es2020', 'chrome87', 'safari14'],
    rolldownOptions: {
      input: {
        chat: at('./src/pages/index.html'),
        kiosk: at('./src/pages/kiosk.html'),
        pickup: at('./src/pages/pickup.html'),
        desk: at('./src/pages/desk.html'),
      },
    },
  },
});
