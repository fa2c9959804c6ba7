import { createApp } from 'vue'
import '../../../src/web/kit/tokens.css'
import Page from './Page.vue'

createApp(Page).mount('#app')
