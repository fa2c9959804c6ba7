import tailwind from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** Addresses the server answers itself; the service worker must never put the shell in their place. */
const served = [/^\/api\//, /^\/v1\//, /^\/publik/, /^\/healthz/]

export default defineConfig({
  plugins: [
    vue(),
    tailwind(),
    VitePWA({
      strategies: 'generateSW',
      // A new version waits until the person agrees: a form may be open (web.md §3.1).
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'Pantau',
        short_name: 'Pantau',
        description: 'Pemantauan berlapis program pelatihan',
        lang: 'id',
        start_url: '/',
        display: 'standalone',
        background_color: '#F6F7F4',
        theme_color: '#0B5B5E',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      workbox: {
        // Every screen, so that one version is whole offline; the form engine (286 kB gz) comes when assignments are downloaded.
        globPatterns: ['index.html', 'files.json', 'icon.svg', 'assets/*.{js,css,woff2}'],
        globIgnores: ['assets/engine-*'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: served,
        cleanupOutdatedCaches: true,
        runtimeCaching: [
          {
            // Names carry a hash of the content, so a cached file can never be stale. The API is never cached here.
            urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
            handler: 'CacheFirst',
            options: { cacheName: 'assets', expiration: { maxEntries: 60 } },
          },
        ],
      },
    }),
  ],
  build: {
    target: 'es2023',
    // which chunk needs which: the field part asks it what to keep for work without a network (kit/device/code.ts)
    manifest: 'files.json',
    // the form engine is one large part by nature, and its library calls eval where no page of ours lets it run (content security policy)
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      checks: { eval: false },
      output: {
        codeSplitting: {
          groups: [
            { name: 'engine', test: /node_modules[\\/](@getodk|solid-js|@js-temporal|temporal-polyfill|papaparse|mdast|micromark)/ },
            { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-router)[\\/]/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:8080', '/v1': 'http://localhost:8080', '/publik': 'http://localhost:8080' } },
})
