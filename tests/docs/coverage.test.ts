import { expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { evidenceOf, FORMATS } from '../../schemas/dataset.ts'

test('every epoch names the releases that prove it, and they lie in it', () => {
  for (const dataset of pfs.datasets) {
    for (const format of FORMATS) {
      for (const [since, evidence, seenIn = []] of dataset.evidence[format] ?? []) {
        expect(seenIn.length > 0, `${dataset.name}, ${format}, ${since}`).toBe(
          evidence === 'real bytes' || evidence === 'real values',
        )
        for (const name of seenIn) {
          const release = pfs.discovery.catalogue().find((row) => row.release === name)
          expect(evidenceOf(dataset, format, release?.effective_from ?? '')).toBe(evidence)
        }
      }
    }
  }
})

test('a layout is there wherever a format is read', () => {
  for (const dataset of pfs.datasets) {
    for (const format of FORMATS) {
      const layouts = format === 'txt' ? dataset.txt : dataset.csv
      for (const [since, evidence] of dataset.evidence[format] ?? []) {
        const covered = layouts.some((layout) => layout.since <= since)
        expect(evidence === null || covered, `${dataset.name}, ${format}, ${since}`).toBe(true)
      }
    }
  }
})
