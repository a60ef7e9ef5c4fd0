import { expect, test } from 'vitest'
import { schedules } from '../../pipelines/index.ts'
import { pfs } from '../../pipelines/pfs.ts'
import { FORMATS, layoutsOf } from '../../schemas/file.ts'
import { datesOf, parseRelease } from '../../src/releases.ts'

test('a release that proves a format is read by a layout', () => {
  for (const schedule of schedules) {
    for (const dataset of schedule.files) {
      for (const format of FORMATS) {
        for (const release of dataset.seen[format] ?? []) {
          const { effectiveFrom } = datesOf(schedule, parseRelease(release))
          expect(
            layoutsOf(dataset, format, effectiveFrom).length,
            `${dataset.name}, ${format}, ${release}`,
          ).toBeGreaterThan(0)
        }
      }
    }
  }
})

test('no layout is claimed for the years before 2009, of which nobody has seen a file', () => {
  for (const dataset of pfs.files) {
    for (const format of FORMATS) expect(layoutsOf(dataset, format, '2008-10-01')).toEqual([])
  }
})
