import '../kit/tokens.css'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router.ts'
import { installWorker } from './worker.ts'

createApp(App).use(router).mount('#app')
if (import.meta.env.PROD) void installWorker()
