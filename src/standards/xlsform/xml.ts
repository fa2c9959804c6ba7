/** A small XML tree, written the way pyxform writes it, so that the same workbook always gives the same bytes. */
export interface XmlNode {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (XmlNode | string)[]
}

export const node = (
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly (XmlNode | string)[] = [],
): XmlNode => ({
  tag,
  attributes,
  children: children.filter((c) => c !== ''),
})

// A spreadsheet can hold characters that XML cannot, not even escaped.
const unprintable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

export const escapeText = (text: string): string =>
  text.replace(unprintable, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', '&quot;')

const write = ({ tag, attributes, children }: XmlNode, indent: string): string => {
  const head = `${tag}${Object.entries(attributes)
    .map(([k, v]) => ` ${k}="${escapeAttribute(v)}"`)
    .join('')}`
  if (children.length === 0) return `<${head}/>`
  if (children.some((c) => typeof c === 'string')) {
    // Mixed content stays on one line; a space keeps text apart from the tags around it.
    const inner = children.map((c) => (typeof c === 'string' ? escapeText(c) : write(c, ''))).join('')
    const pad = children.length > 1 ? ' ' : ''
    return `<${head}>${typeof children[0] === 'string' ? pad : ''}${inner}${pad}</${tag}>`
  }
  const deeper = `${indent}  `
  return `<${head}>\n${children.map((c) => `${deeper}${write(c as XmlNode, deeper)}\n`).join('')}${indent}</${tag}>`
}

export const document = (root: XmlNode): string => `<?xml version="1.0"?>\n${write(root, '')}\n`
