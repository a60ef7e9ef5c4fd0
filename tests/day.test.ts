import { expect, test } from 'vitest'
import { isDay } from '../src/day.ts'

test.each([
  ['2025-01-10', true],
  ['2024-02-29', true],
  ['2025-02-29', false],
  ['2025-1-10', false],
  ['01/10/2025', false],
  ['yesterday', false],
  ['', false],
])('%j is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is)
})
