import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { parseTimes, runAt } from '../../src/jobs/cron.ts'
import { codeOf } from '../helpers/errors.ts'

const EVERY_SECOND = { cron: '* * * * * *', timeZone: 'UTC' }

describe('times', () => {
  test.each([
    ['2026-01-15T00:00:00Z', '2026-01-15T11:17:00.000Z'],
    ['2026-07-15T00:00:00Z', '2026-07-15T10:17:00.000Z'],
    // The clocks go forward and back on these nights.
    ['2026-03-08T06:00:00Z', '2026-03-08T10:17:00.000Z'],
    ['2026-11-01T05:00:00Z', '2026-11-01T11:17:00.000Z'],
  ])('after %s 06:17 in Baltimore is at %s', (after, next) => {
    const times = parseTimes({ cron: '17 6 * * *', timeZone: 'America/New_York' })
    expect(times.nextRun(new Date(after))?.toISOString()).toBe(next)
  })

  test.each([
    { cron: 'every day', timeZone: 'UTC' },
    { cron: '61 * * * *', timeZone: 'UTC' },
    { cron: '0 0 30 2 *', timeZone: 'UTC' },
    { cron: '* * * * *', timeZone: 'Baltimore' },
  ])('$cron in $timeZone is a wrong setting', (times) => {
    expect(codeOf(() => parseTimes(times))).toBe('E_CONFIG')
  })
})

describe('runAt', () => {
  test('runs at each time, never twice at once, and ends after the work that runs', async () => {
    const stop = new AbortController()
    let running = 0
    let runs = 0
    let most = 0
    const beats: (Date | null)[] = []
    const beat = async (next: Date | null) => void beats.push(next)
    await runAt(parseTimes(EVERY_SECOND), stop.signal, beat, async () => {
      running += 1
      runs += 1
      most = Math.max(most, running)
      // Longer than the time between two runs.
      if (runs === 2) stop.abort()
      await sleep(1_200)
      running -= 1
    })
    expect({ runs, most, running }).toEqual({ runs: 2, most: 1, running: 0 })
    expect(beats.every((next) => next instanceof Date)).toBe(true)
  })

  test('ends at once while it waits', async () => {
    const stop = new AbortController()
    const times = parseTimes({ cron: '0 0 1 1 *', timeZone: 'UTC' })
    const ended = runAt(
      times,
      stop.signal,
      async () => {},
      () => expect.unreachable(),
    )
    stop.abort()
    await expect(ended).resolves.toBeUndefined()
  })
})
