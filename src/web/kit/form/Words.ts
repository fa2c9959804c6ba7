import { defineComponent, h, type PropType, type VNodeChild } from 'vue'
import type { Markup, Words as Text } from './nodes.ts'

const inline = new Set(['em', 'strong', 'u', 'span'])
const block = new Set(['p', 'div', 'ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const safeLink = (url: string | undefined): boolean => /^(https?:|mailto:|tel:)/i.test(url ?? '')

const render = (nodes: readonly Markup[], blocks: boolean): VNodeChild[] =>
  nodes.map((node) => {
    if (node.role === 'child') return node.value
    if (node.role === 'line-break') return h('br')
    // Raw HTML of the form's author is shown as the text it is.
    if (node.role === 'html') return node.unsafeHtml
    const inner = render(node.children ?? [], blocks)
    const name = node.elementName ?? 'span'
    if (name === 'a') return safeLink(node.url) ? h('a', { href: node.url, target: '_blank', rel: 'noopener' }, inner) : inner
    if (inline.has(name)) return h(name, inner)
    if (!block.has(name)) return inner
    // A heading inside a form's text would break the page's outline.
    return blocks ? h(/^h\d$/.test(name) ? 'p' : name, inner) : [inner, ' ']
  })

/** A text of the form with its emphasis, links and line breaks; `block` also allows paragraphs and lists. */
export const Words = defineComponent({
  name: 'FormWords',
  props: { text: { type: Object as PropType<Text | null>, default: null }, block: Boolean },
  setup: (props) => () => (props.text ? render(props.text.formatted, props.block) : null),
})
