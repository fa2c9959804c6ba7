import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '#base/problem.ts'
import { draw, type DrawInput } from './draw.ts'
import { frameColumns, frameDigest, type FrameRow } from './frame.ts'
import { checkSeed, randomNumber, seedCommitment, sessionNumber } from './random.ts'
import { defaultDesign, sampleSizes, stratify, type SampleDesign } from './strata.ts'
import { differenceLine, verifyDraw } from './verify.ts'

const id = (k: number) => `0192f0c0-0000-7000-8000-${k.toString(16).padStart(12, '0')}`
const row = (k: number, change: Partial<FrameRow> = {}): FrameRow => ({
  classRunId: id(k),
  scheduleCode: `JDW-${k}`,
  mode: 'onsite',
  regencyCode: '32.73',
  provinceCode: '32',
  regionGroup: 'jawa',
  riskClass: 'normal',
  riskReasons: [],
  providerId: id(9000 + (k % 5)),
  startsOn: '2026-11-23',
  endsOn: '2026-11-27',
  plannedParticipants: 20,
  size: 20,
  sessions: [1, 2, 3],
  ...change,
})
const seed = 'undian-2026-11.23'
const given = (sizes: Record<string, number>): SampleDesign => ({ stratifyBy: ['mode', 'regionGroup', 'riskClass'], floor: 0.3, allocation: { kind: 'given', sizes } })
const code = (problem: string) => (error: unknown) => error instanceof Problem && error.code === problem

const frames = fc.integer({ min: 0, max: 40 }).chain((length) =>
  fc.tuple(
    ...Array.from({ length }, (_, k) =>
      fc
        .record({
          mode: fc.constantFrom('webinar' as const, 'onsite' as const),
          riskClass: fc.constantFrom('high', 'normal'),
          size: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300 })),
          sessions: fc.uniqueArray(fc.integer({ min: 1, max: 10 }), { maxLength: 5 }),
        })
        .map((change) => row(k, change)),
    ),
  ),
)
const seeds = fc.stringMatching(/^[a-z0-9]{8,20}$/).filter((s) => !s.endsWith('session'))

test('the random number is the first 53 bits of SHA-256(seed || id), as any other program computes it', () => {
  fc.assert(
    fc.property(seeds, fc.uuid(), (s, classRun) => {
      const digest = createHash('sha256').update(s + classRun).digest()
      assert.equal(randomNumber(s, classRun), Number(digest.readBigUInt64BE() >> 11n) / 2 ** 53)
      const second = createHash('sha256').update(`${s}session${classRun}`).digest()
      assert.equal(sessionNumber(s, classRun), Number(second.readBigUInt64BE() >> 11n) / 2 ** 53)
    }),
  )
})

test('a seed is 8 to 128 plain characters and never ends in the word of the second number', () => {
  for (const bad of ['', 'short', 'with space here', 'x'.repeat(129), 'undian-session', 'benih\u00e9-2026']) assert.throws(() => checkSeed(bad), code('sampling.seed_invalid'))
  checkSeed(seed)
  assert.equal(seedCommitment('abcdefgh'), createHash('sha256').update('abcdefgh').digest('hex'))
})

test('every stratum gives its number, its probabilities sum to it, and nothing depends on the order of the frame', () => {
  fc.assert(
    fc.property(frames, seeds, fc.integer({ min: 0, max: 12 }), fc.infiniteStream(fc.nat()), (frame, s, n, noise) => {
      const design = given(Object.fromEntries(stratify(frame, defaultDesign(0)).map((stratum) => [stratum.code, n])))
      const drawn = draw({ frame, seed: s, design })
      for (const stratum of drawn.strata) {
        const rows = drawn.rows.filter((r) => r.stratum === stratum.code)
        assert.equal(rows.length, Math.min(n, stratum.population))
        assert.equal(stratum.sample, rows.length)
        assert.deepEqual(rows.map((r) => r.rank), rows.map((_, k) => k + 1))
        for (const r of rows) assert.ok(r.inclusionProbability > 0 && r.inclusionProbability <= 1)
        if (n >= stratum.population) assert.ok(rows.every((r) => r.certainty && r.inclusionProbability === 1))
      }
      for (const r of drawn.rows) {
        const sessions = frame.find((f) => f.classRunId === r.classRunId)!.sessions
        assert.ok(sessions.length === 0 ? r.sessionSequence === null : sessions.includes(r.sessionSequence!))
      }
      const shuffled = frame.map((f) => [noise.next().value as number, f] as const).sort((a, b) => a[0] - b[0]).map(([, f]) => f)
      assert.deepEqual(draw({ frame: shuffled, seed: s, design }), drawn)
      assert.equal(frameDigest(shuffled), frameDigest(frame))
    }),
  )
})

test('over 4,000 seeds every class run is drawn as often as its probability says (within 4 standard errors), and each sitting as often as the others', () => {
  const frame = Array.from({ length: 12 }, (_, k) => row(k, { size: 10 + 4 * k, sessions: [1, 2, 4, 999] }))
  const design = given({ 'onsite|jawa|normal': 4 })
  const runs = 4000
  const count = new Map<string, number>()
  const sittings = new Map<number, number>()
  const pi = new Map<string, number>()
  for (let i = 0; i < runs; i++) {
    for (const r of draw({ frame, seed: `percobaan-${i}`, design }).rows) {
      count.set(r.classRunId, (count.get(r.classRunId) ?? 0) + 1)
      sittings.set(r.sessionSequence!, (sittings.get(r.sessionSequence!) ?? 0) + 1)
      pi.set(r.classRunId, r.inclusionProbability)
    }
  }
  assert.equal(pi.size, 12)
  assert.ok(Math.abs([...pi.values()].reduce((s, p) => s + p, 0) - 4) < 1e-12)
  for (const [classRun, p] of pi) assert.ok(Math.abs(count.get(classRun)! / runs - p) < 4 * Math.sqrt((p * (1 - p)) / runs), `${classRun}: ${count.get(classRun)! / runs}, ${p}`)
  for (const sitting of [1, 2, 4, 999]) assert.ok(Math.abs(sittings.get(sitting)! / (4 * runs) - 0.25) < 4 * Math.sqrt(0.1875 / (4 * runs)))
})

test('a class run too large for chance is taken for certain, the others share what is left', () => {
  const frame = [row(0, { size: 5000 }), ...Array.from({ length: 9 }, (_, k) => row(k + 1))]
  for (let i = 0; i < 50; i++) {
    const { rows } = draw({ frame, seed: `percobaan-${i}`, design: given({ 'onsite|jawa|normal': 3 }) })
    const first = rows[0]!
    assert.deepEqual([first.classRunId, first.certainty, first.inclusionProbability, first.rank], [id(0), true, 1, 1])
    for (const r of rows.slice(1)) assert.ok(!r.certainty && Math.abs(r.inclusionProbability - 2 / 9) < 1e-12)
  }
})

test('a class run without participants keeps a chance: no weight exceeds N/(n·0.3)', () => {
  const frame = [row(0, { size: 0 }), ...Array.from({ length: 19 }, (_, k) => row(k + 1))]
  const seen = Array.from({ length: 400 }, (_, i) => draw({ frame, seed: `percobaan-${i}`, design: given({ 'onsite|jawa|normal': 4 }) }).rows.find((r) => r.classRunId === id(0))).filter((r) => r)
  assert.ok(seen.length > 0)
  assert.ok(Math.abs(seen[0]!.inclusionProbability - (4 * 0.3) / 20) < 1e-12)
})

test('strata with one class run, with size 0, and an empty frame', () => {
  const frame = [row(0), row(1, { mode: 'webinar' }), row(2, { mode: 'webinar' })]
  const one = draw({ frame, seed, design: given({ 'onsite|jawa|normal': 5, 'webinar|jawa|normal': 0 }) })
  assert.deepEqual(one.rows.map((r) => [r.classRunId, r.inclusionProbability, r.certainty]), [[id(0), 1, true]])
  assert.deepEqual(one.strata.map((s) => [s.code, s.population, s.sample]), [['onsite|jawa|normal', 1, 1], ['webinar|jawa|normal', 2, 0]])
  assert.deepEqual(draw({ frame: [], seed, design: defaultDesign(10) }), { strata: [], rows: [] })
})

test('parts left out of the strata read all', () => {
  const frame = [row(0), row(1, { riskClass: 'high' }), row(2, { mode: 'webinar', regionGroup: 'sumatera' })]
  assert.deepEqual(stratify(frame, { stratifyBy: ['mode'] }).map((s) => [s.code, s.rows.length]), [['onsite|all|all', 2], ['webinar|all|all', 1]])
})

test('sample sizes: at least two per stratum, never above what it holds, and every mistake is named', () => {
  const strata = [{ code: 'a', population: 100 }, { code: 'b', population: 50 }, { code: 'c', population: 1 }]
  assert.deepEqual(sampleSizes(strata, { kind: 'proportional', total: 31 }), [20, 10, 1])
  assert.deepEqual(sampleSizes(strata, { kind: 'proportional', total: 5 }), [2, 2, 1])
  assert.deepEqual(sampleSizes(strata, { kind: 'proportional', total: 1000 }), [100, 50, 1])
  const neyman = sampleSizes(strata, { kind: 'neyman', total: 31, rates: { a: 0.01, b: 0.5, c: 0.5 } })
  assert.ok(neyman[1]! > 10 && neyman.reduce((s, n) => s + n, 0) === 31)
  assert.throws(() => sampleSizes(strata, { kind: 'proportional', total: 4 }), code('sampling.total_too_small'))
  assert.throws(() => sampleSizes(strata, { kind: 'given', sizes: { a: 3, b: 2 } }), code('sampling.size_missing'))
  assert.throws(() => sampleSizes(strata, { kind: 'given', sizes: { a: 3, b: 2.5, c: 0 } }), code('sampling.size_invalid'))
})

test('a frame with a class run twice, a size below zero or a bar in a stratum name is refused', () => {
  assert.throws(() => frameDigest([row(1), row(1)]), code('sampling.frame_duplicate'))
  assert.throws(() => frameDigest([row(1, { size: -1 })]), code('sampling.frame_value_invalid'))
  assert.throws(() => frameDigest([row(1, { riskClass: 'a|b' })]), code('sampling.frame_value_invalid'))
})

test('the digest is SHA-256 over the documented text', () => {
  const text = [
    'pantau-frame-1',
    '["classRunId","scheduleCode","mode","regencyCode","provinceCode","regionGroup","riskClass","riskReasons","providerId","startsOn","endsOn","plannedParticipants","size","sessions"]',
    `["${id(1)}","JDW-1","onsite","32.73","32","jawa","high",["provider_new"],"${id(9001)}","2026-11-23","2026-11-27",20,20,[1,2,3]]`,
    `["${id(2)}","JDW-2","onsite","32.73","32","jawa","normal",[],"${id(9002)}","2026-11-23","2026-11-27",20,20,[1,2,3]]`,
    '',
  ].join('\n')
  const frame = [row(2, { sessions: [3, 1, 2] }), row(1, { riskClass: 'high', riskReasons: ['provider_new'] })]
  assert.equal(frameDigest(frame), createHash('sha256').update(text).digest('hex'))
})

const published = () => {
  const frame = Array.from({ length: 30 }, (_, k) => row(k, { size: 5 + k, mode: k % 2 ? 'webinar' : 'onsite' }))
  const input: DrawInput = { frame, seed, design: defaultDesign(8) }
  return { ...input, digest: frameDigest(frame), commitment: seedCommitment(seed), ...draw(input) }
}

test('a stored draw is confirmed, also after it went through JSON', () => {
  assert.deepEqual(verifyDraw(published()), { ok: true, differences: [] })
  assert.deepEqual(verifyDraw(JSON.parse(JSON.stringify(published()))), { ok: true, differences: [] })
})

test('a change to any column of any row, drawn or not, is found', () => {
  const original = published()
  const drawn = new Set(original.rows.map((r) => r.classRunId))
  const other: { readonly [K in keyof FrameRow]: FrameRow[K] } = row(99, {
    classRunId: id(500), scheduleCode: 'LAIN', mode: 'selfPaced', regencyCode: '12.71', provinceCode: '12', regionGroup: 'sumatera', riskClass: 'high',
    riskReasons: ['provider_new'], providerId: id(9999), startsOn: '2026-12-01', endsOn: '2026-12-02', plannedParticipants: 21, size: 21, sessions: [7],
  })
  for (const at of [original.frame.findIndex((f) => drawn.has(f.classRunId)), original.frame.findIndex((f) => !drawn.has(f.classRunId))]) {
    for (const column of frameColumns) {
      const frame = original.frame.map((f, k) => (k === at ? { ...f, [column]: other[column] } : f))
      const { ok, differences } = verifyDraw({ ...original, frame })
      assert.equal(ok, false, column)
      assert.ok(differences.some((d) => d.code === 'frame_changed'), column)
    }
  }
  assert.equal(verifyDraw({ ...original, frame: original.frame.slice(1) }).ok, false)
})

test('a change to seed, design, strata or any field of a drawn row is found and named', () => {
  const original = published()
  assert.deepEqual(verifyDraw({ ...original, seed: `${seed}x` }).differences[0]?.code, 'seed_not_committed')
  assert.equal(verifyDraw({ ...original, design: { ...original.design, floor: 0.31 } }).ok, false)
  const first = original.rows[0]!
  const wrong = { stratum: 'x', inclusionProbability: first.inclusionProbability + 2 ** -50, randomNumber: 0.5, rank: 9, certainty: !first.certainty, sessionSequence: 77, sessionRandom: 0.1 }
  for (const [field, value] of Object.entries(wrong)) {
    const rows = original.rows.map((r, k) => (k === 0 ? { ...r, [field]: value } : r))
    assert.deepEqual(verifyDraw({ ...original, rows }).differences, [
      { code: 'row_differs', classRunId: first.classRunId, field, stored: value, computed: first[field as keyof typeof first] },
    ])
  }
  assert.deepEqual(verifyDraw({ ...original, rows: original.rows.slice(1) }).differences, [{ code: 'row_missing', classRunId: first.classRunId }])
  assert.deepEqual(verifyDraw({ ...original, rows: [...original.rows, { ...first, classRunId: id(700) }] }).differences, [{ code: 'row_surplus', classRunId: id(700) }])
  assert.deepEqual(verifyDraw({ ...original, rows: [...original.rows, first] }).differences, [{ code: 'row_repeated', classRunId: first.classRunId }])
  const strata = original.strata.map((s, k) => (k === 0 ? { ...s, sample: s.sample + 1 } : s))
  assert.equal(verifyDraw({ ...original, strata }).differences[0]?.code, 'stratum_differs')
  assert.equal(verifyDraw({ ...original, frame: [...original.frame, original.frame[0]!] }).differences[0]?.code, 'draw_refused')
})

test('a file that is no published draw is refused with the place of its fault, never with a crash', () => {
  const original = published()
  const field = (file: unknown) => {
    const { ok, differences } = verifyDraw(file)
    assert.equal(ok, false)
    assert.ok(differenceLine(differences[0]!).length > 0)
    return differences[0]!.code === 'file_invalid' ? differences[0]!.field : differences[0]!.code
  }
  assert.equal(field(null), 'file')
  assert.equal(field([]), 'file')
  assert.equal(field({}), 'seed')
  assert.equal(field({ ...original, rows: undefined }), 'rows')
  assert.equal(field({ ...original, rows: [null] }), 'rows[0]')
  assert.equal(field({ ...original, frame: [{}] }), 'frame[0].classRunId')
  assert.equal(field({ ...original, design: { ...original.design, allocation: { kind: 'other' } } }), 'design.allocation')
  assert.equal(field({ ...original, design: { ...original.design, floor: 0 } }), 'design.floor')
  assert.equal(field({ ...original, seed: 'x' }), 'draw_refused')
  fc.assert(fc.property(fc.anything(), (file) => assert.equal(verifyDraw(file).ok, false)))
})
