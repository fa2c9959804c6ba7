import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '#base/problem.ts'
import { byName, flatten, identityOf, typed, type Element, type Field } from './rules/answers.ts'
import { limits, readXml } from './xml.ts'

const refusal = (xml: string | Uint8Array): string => {
  try {
    readXml(typeof xml === 'string' ? Buffer.from(xml) : xml)
    return 'read'
  } catch (error) {
    assert.ok(error instanceof Problem, String(error))
    return error.code
  }
}

test('what is not strict XML is refused, each with its reason', () => {
  for (const xml of ['', 'kosong', '<a>', '<a></b>', '<a/><b/>', '<a x=1/>', '<a x="1" x="2"/>', '<a>&</a>', '<a>&nbsp;</a>', '<a>\u0000</a>', '<a>&#0;</a>', '<x:a/>', '<a/>teks', '<?xml version="1.0" encoding="UTF-16"?><a/>'])
    assert.equal(refusal(xml), 'collection.xml_malformed', xml)
  assert.equal(refusal(Uint8Array.of(0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e)), 'collection.xml_malformed')
  assert.equal(refusal('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), 'collection.xml_doctype')
  assert.equal(refusal('<a>'.repeat(100_000) + '</a>'.repeat(100_000)), 'collection.xml_too_deep')
  assert.equal(refusal(`<a>${'x'.repeat(limits.bytes)}</a>`), 'collection.xml_too_large')
  assert.equal(refusal(`<a>${'<b/>'.repeat(limits.elements)}</a>`), 'collection.xml_too_large')
  assert.equal(refusal('<a>'.repeat(limits.depth) + '</a>'.repeat(limits.depth)), 'read')
})

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).filter((n) => n !== 'meta')
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((t) => [...t].filter((c) => c === '\n' || (c >= ' ' && c !== '\u007f' && c.codePointAt(0)! < 0xd800)).join('').trim()).filter((t) => t !== '')
type Tree = { name: string; value: string } | { name: string; children: Tree[] }
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 5 }, fc.record({ name, value: text }), fc.record({ name, children: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }) })),
}))
const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const written = (t: Tree): string => `<${t.name}>${'value' in t ? escaped(t.value) : t.children.map(written).join('\n  ')}</${t.name}>`
const values = (t: Tree): string[] => ('value' in t ? [t.value] : t.children.flatMap(values))

test('every value of a submission comes out once, in document order, under a path of its own', () => {
  fc.assert(fc.property(fc.array(tree, { minLength: 1, maxLength: 6 }), (children) => {
    const leaves = flatten(readXml(Buffer.from(written({ name: 'data', children }))), new Set())
    assert.deepEqual(leaves.map((l) => l.value), values({ name: 'data', children }))
    assert.equal(new Set(leaves.map((l) => l.path)).size, leaves.length)
    assert.deepEqual(leaves.map((l) => l.ordinal), leaves.map((_, i) => i))
    for (const l of leaves) assert.equal(l.path.replace(/\[\d+\]/g, ''), l.plain)
  }))
})

const field = (path: string, kind: Field['kind'], dataType = 'string'): Field => ({ path, name: path.split('/').at(-1)!, kind, dataType: kind === 'question' ? dataType : kind, control: 'input', mediatype: null, label: null, choices: null })
const root = (xml: string): Element => readXml(Buffer.from(xml))

test('repeats are numbered and give lists, blanks included; other answers give one text', () => {
  const fields = [field('/data/n', 'question', 'int'), field('/data/r', 'repeat'), field('/data/r/a', 'question'), field('/data/r/b', 'question')]
  const data = root('<data><n>3</n><r><a>ya</a><b/></r><r><a/><b>x</b></r><r><a>tidak</a></r><meta><instanceID>uuid:1</instanceID></meta></data>')
  const leaves = flatten(data, new Set(['/data/r']))
  assert.deepEqual(leaves.map((l) => [l.path, l.value]), [['/data/n', '3'], ['/data/r[1]/a', 'ya'], ['/data/r[2]/b', 'x'], ['/data/r[3]/a', 'tidak']])
  assert.deepEqual({ ...byName(data, leaves, fields) }, { n: '3', a: ['ya', null, 'tidak'], b: [null, 'x'] })
})

test('a repeat that stands once is numbered too, and an unknown element that stands twice', () => {
  const leaves = flatten(root('<data><r><a>1</a></r><z>1</z><z>2</z></data>'), new Set(['/data/r']))
  assert.deepEqual(leaves.map((l) => l.path), ['/data/r[1]/a', '/data/z[1]', '/data/z[2]'])
})

test('numbers and places are typed; what does not fit keeps its text and has no number', () => {
  const fields = [field('/d/i', 'question', 'int'), field('/d/x', 'question', 'decimal'), field('/d/g', 'question', 'geopoint'), field('/d/h', 'question', 'geopoint'), field('/d/t', 'question')]
  const got = typed(flatten(root('<d><i>12</i><x>1.5e2</x><g>-0.02 109.3 4 5.5</g><h>91 0</h><t>12</t><u>?</u></d>'), new Set()), fields)
  assert.deepEqual(got.map((a) => [a.kind, a.number, a.latitude, a.accuracy]), [
    ['int', 12, null, null], ['decimal', 150, null, null], ['geopoint', null, -0.02, 5.5], ['geopoint', null, null, null], ['string', null, null, null], ['unknown', null, null, null],
  ])
  assert.equal(typed(flatten(root('<d><i>dua belas</i></d>'), new Set()), fields)[0]!.number, null)
})

test('the identity is read from root and meta; without it there is none', () => {
  assert.deepEqual(identityOf(root('<data id="f" version="1"><orx:meta xmlns:orx="http://openrosa.org/xforms"><orx:instanceID>uuid:12345</orx:instanceID><orx:deprecatedID>uuid:0</orx:deprecatedID></orx:meta></data>')),
    { formId: 'f', version: '1', instanceId: 'uuid:12345', deprecatedId: 'uuid:0' })
  assert.deepEqual(identityOf(root('<data id="f"><meta/></data>')), { missing: 'instanceID' })
  assert.deepEqual(identityOf(root('<data><meta><instanceID>uuid:12345</instanceID></meta></data>')), { missing: 'id' })
  assert.deepEqual(identityOf(root('<data id="f"><meta><instanceID>uuid: 1 2</instanceID></meta></data>')), { missing: 'instanceID' })
})
