import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { readForm } from '#collection/form.ts'
import { byName, flatten, identityOf } from '#collection/rules/answers.ts'
import { classLine } from '#collection/rules/tasks.ts'
import { readXml } from '#collection/xml.ts'
import { zoneOfRegency } from '#registry/rules/regions.ts'
import { publicationOf } from '#standards/api-publish.ts'
import norms from '#standards/data/norms.json' with { type: 'json' }
import { instrumentItems } from '#standards/rules/items.ts'
import { judgeVisit } from '#standards/rules/judge.ts'
import { convert } from '#standards/xlsform/convert.ts'
import { readXlsx } from '#standards/xlsform/read.ts'
import { programme } from './generate.ts'
import { submissionOf } from './submission.ts'
import { visitAnswers } from './visit.ts'

const known = new Set(norms.norms.map((n) => n.code))
const instrumentOf = (mode: 'webinar' | 'onsite' | 'selfPaced') => {
  const bytes = readFileSync(new URL(`../../standards/instruments/${mode.toLowerCase()}.xlsx`, import.meta.url))
  const sheet = readXlsx(bytes)
  assert.ok(sheet.ok)
  const form = convert(sheet.workbook)
  assert.ok(form.ok)
  const values = new Map<string, number | null>(norms.norms.filter((n) => n.mode === mode && n.ruleSet === norms.ruleSets.at(-1)!.code).map((n) => [n.code, n.value]))
  return { xform: publicationOf(bytes, mode.toLowerCase(), known, 'en').xform, items: instrumentItems(form.items), values }
}
const runs = [...programme({ seed: 5, size: 'national', today: '2026-11-23' }).classRuns(30_000, 34_000)]

test('a simulated visit written into the instrument is judged by the product as it was simulated', () => {
  for (const mode of ['webinar', 'onsite', 'selfPaced'] as const) {
    const { xform, items, values } = instrumentOf(mode)
    const form = readForm(xform)
    let [same, differs, failed] = [0, 0, 0]
    for (const { row, sessions, truth } of runs.filter((r) => r.row.mode === mode).slice(0, 150)) {
      const zone = zoneOfRegency(row.regencyCode)
      const session = sessions[0] ?? { beginsAt: `${row.startsOn}T02:00:00Z`, endsAt: `${row.startsOn}T05:00:00Z` }
      const position: [number, number] | null = row.latitude === null || row.longitude === null ? null : [row.latitude, row.longitude]
      const visit = visitAnswers({ truth, layer: 'expert', seed: 's', session, zone, position, price: row.price, trainerName: row.trainerName })
      const line = classLine({ assignmentId: 'a', trainingTitle: '<b> & "', providerName: 'p', plannedMinutes: truth.plannedMinutes, zone, sessionId: null, beginsAt: session.beginsAt, endsAt: session.endsAt,
        scheduleCode: row.scheduleCode, venue: row.venue, address: row.address, meetingUrl: row.meetingUrl, trainerName: row.trainerName, plannedParticipants: row.plannedParticipants, startsOn: row.startsOn }, 'expert')
      const root = readXml(Buffer.from(submissionOf({ xform, mode, visit, line, zone, position, began: new Date(session.beginsAt), ended: new Date(session.endsAt), instanceId: 'uuid:contoh-1', photo: (c) => `${c}.png` })))
      assert.ok(!('missing' in identityOf(root)), JSON.stringify(identityOf(root)))
      const answers = byName(root, flatten(root, form.repeats), form.fields)
      const claims = new Map(judgeVisit(items, answers, values, 'expert').map((c) => [c.code, c]))
      if (visit.outcome === 'classAbsent') assert.deepEqual([...claims.values()].map((c) => c.severity), ['critical'], row.scheduleCode)
      if (visit.outcome !== 'tookPlace') continue
      const expected = { pass: 'pass', fail: 'fail', notObserved: 'not_observed', notApplicable: 'not_applicable' } as const
      for (const a of visit.answers) {
        const claim = claims.get(a.code)
        // a norm whose value nobody published is not judged, whatever was seen
        if (!claim || claim.reason === 'norm_unknown') continue
        if (claim.result === expected[a.verdict] && claim.severity === a.severity) same++
        else differs++
        if (claim.result === 'fail') failed++
      }
    }
    assert.ok(failed > 50 && same > 2000, `${mode}: ${same} ${failed}`)
    // counts that two items share (heads, trainers) may tell a little more than one item alone
    assert.ok(differs / (same + differs) < 0.02, `${mode}: ${differs} of ${same + differs} judged otherwise`)
  }
})
