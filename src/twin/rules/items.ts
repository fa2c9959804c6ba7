import type { Mode } from '../../registry/rules/csv-class-runs.ts'

export type Layer = 'expert' | 'internal' | 'participant' | 'provider' | 'platform'
export type Severity = 'critical' | 'major' | 'minor' | 'observation'
export type ViolationSeverity = Exclude<Severity, 'observation'>

/** How an answer looks; the raw keys of each kind stand in the room's README. */
export type AnswerKind =
  | 'yes' | 'no' | 'times' | 'totalMinutes' | 'dayMinutes' | 'headcount' | 'ratio' | 'mismatch' | 'camera' | 'level' | 'practice' | 'interactive' | 'percent'
  | 'count' | 'accommodation' | 'score' | 'place' | 'attendance' | 'aids' | 'computers' | 'partial' | 'safety' | 'amenities' | 'access' | 'tests' | 'benefits'
  | 'safe' | 'signed' | 'video' | 'portfolio' | 'fast' | 'free' | 'price' | 'hours'

export interface SimulatedItem {
  readonly code: string
  readonly mode: Mode
  readonly tag: 'compliance' | 'quality' | 'other'
  readonly kind: AnswerKind
  readonly layers: readonly Layer[]
  /** How often an average class run breaks it. Invented: no public figure exists. */
  readonly rate: number
  /** Severities a violation may have, each with its share. */
  readonly severities: readonly (readonly [ViolationSeverity, number])[]
}

const layerOf: Readonly<Record<string, Layer>> = { E: 'expert', I: 'internal', P: 'participant', L: 'provider', D: 'platform' }
const severityOf: Readonly<Record<string, readonly (readonly [ViolationSeverity, number])[]>> = {
  c: [['critical', 1]], j: [['major', 1]], n: [['minor', 1]], jn: [['major', 0.4], ['minor', 0.6]], cn: [['critical', 0.1], ['minor', 0.9]], qn: [['minor', 1]],
}

// The three drafts of instruments, in short: code, kind, observers, severity if failed (c critical, j major, n minor, q = quality), rate per thousand.
const rows: Readonly<Record<Mode, string>> = {
  webinar: `W01 yes EIPD c 8|W02 times EIPD jn 45|W03 totalMinutes ILD j 12|W04 dayMinutes EIPD n 20|W05 headcount EILD j 22|W06 ratio EIL j 15|W07 yes EIP n 45
    |W08 yes EIPL j 20|W09 yes ILDP c 6|W10 mismatch EIL c 6|W11 camera EI n 60|W12 level EIP j 20|W13 practice EIP jn 60|W14 interactive EIP j 20|W15 yes EIP c 9
    |W16 yes ILPD n 25|W17 yes EIPL j 22|W18 percent ILP j 30|W19 count EIL j 22|W20 yes EIL n 40|W21 yes EID j 15|W22 no EIP c 7|W23 no EIP j 18|W24 accommodation EPL j 6
    |W25 yes EP n 55|W26 score EP q 0|W27 score EP q 0|W28 score EPI q 0|W29 score EP q 0|W30 score EP q 0`,
  onsite: `L01 place EIP c 9|L02 times EIPL jn 45|L03 totalMinutes ILE j 14|L04 attendance EIL c 10|L05 count EI c 6|L06 yes EILP j 22|L07 ratio EIL j 15|L08 yes EIP n 45|L09 yes EIPL j 18
    |L10 aids EIPL j 20|L11 computers EIPL j 15|L12 yes EPL j 16|L13 partial EIL j 18|L14 score EP q 0|L15 safety EIL cn 35|L16 amenities EP q 0|L17 access EPL n 40|L18 level EIP j 18
    |L19 practice EIP jn 45|L20 partial EP j 20|L21 tests EIPL jn 40|L22 yes EIL j 22|L23 no EPI c 10|L24 benefits EIP j 14|L25 safe EP cn 30|L26 yes EI n 50
    |L27 score EP q 0|L28 score EP q 0|L29 score EP q 0|L30 signed EIL - 0`,
  selfPaced: `S01 video IELD j 25|S02 level EIL j 18|S03 portfolio ID j 10|S04 yes EIP c 9|S05 no EIP j 45|S06 fast ILD c 15|S07 free EI c 9|S08 price IDE j 18|S09 yes EI j 18|S10 level EP n 40
    |S11 yes ILE n 40|S12 no EIP j 30|S13 percent EIPL j 35|S14 hours LDP n 50|S15 hours EP qn 60|S16 score EP q 0|S17 partial EPL n 60|S18 amenities EI n 60|S19 no EIP j 15|S20 no EP c 7
    |S21 level EPD j 18|S22 hours DLPI n 45|S23 score EP q 0|S24 score EP q 0|S25 score EP q 0|S26 score EP q 0`,
}

const read = (mode: Mode): SimulatedItem[] =>
  rows[mode].split('|').map((row) => {
    const [code = '', kind = '', letters = '', fails = '', rate = ''] = row.trim().split(' ')
    return {
      code, mode, kind: kind as AnswerKind, tag: fails.startsWith('q') ? 'quality' : fails === '-' ? 'other' : 'compliance',
      layers: [...letters].flatMap((letter) => layerOf[letter] ?? []), rate: Number(rate) / 1000, severities: severityOf[fails] ?? [],
    }
  })

/** 30 webinar, 30 onsite and 26 self-paced items, in the order of the instruments. */
export const simulatedItems: Readonly<Record<Mode, readonly SimulatedItem[]>> = { webinar: read('webinar'), onsite: read('onsite'), selfPaced: read('selfPaced') }
