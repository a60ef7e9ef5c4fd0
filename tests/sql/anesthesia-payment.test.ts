import { beforeAll, describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()

beforeAll(() => loadSamples(database, 'RVU25D'))

describe('api.anesthesia_payment', () => {
  const anesthesia = (arguments_: string) =>
    database.rows(
      `select time_units, conversion_factor, amount, basis from api.anesthesia_payment(${arguments_})`,
    )

  test('is base units and time units to one decimal, times the factor of the locality', async () => {
    const alabama = { conversion_factor: '19.31', basis: 'anesthesia' }
    expect(await anesthesia(`5, 60, '10112', '00', '2025-10-06'`)).toEqual([
      { ...alabama, time_units: '4.0', amount: '173.79' },
    ])
    expect(await anesthesia(`5, 50, '10112', '00', '2025-10-06'`)).toEqual([
      { ...alabama, time_units: '3.3', amount: '160.27' },
    ])
    expect(await anesthesia(`3, 9.75, '10112', '00', '2025-10-06'`)).toEqual([
      { ...alabama, time_units: '0.7', amount: '71.45' },
    ])
  })

  test('has a national amount, and none where no factor governs the day', async () => {
    expect(await anesthesia(`5, 60, '00000', '00', '2025-10-06'`)).toMatchObject([
      { conversion_factor: '20.3178', amount: '182.86' },
    ])
    expect(await anesthesia(`5, 60, '10112', '00', '2025-09-30'`)).toMatchObject([
      { amount: null, basis: 'no loaded release governs this day' },
    ])
    expect(await anesthesia(`5, 60, '10119', '00', '2025-10-06'`)).toMatchObject([
      { amount: null, basis: 'no anesthesia conversion factor on this day' },
    ])
  })

  test.each([
    [`null, 60, '10112', '00', '2025-10-06'`, 'no base units'],
    [`-1, 60, '10112', '00', '2025-10-06'`, 'base units below zero'],
    [`5, null, '10112', '00', '2025-10-06'`, 'no minutes'],
    [`5, -10, '10112', '00', '2025-10-06'`, 'minutes below zero'],
    [`5, 60, '10112', '00', null`, 'no date of service'],
    [`5, 60, '10112', '00', '2026-01-06'`, 'RVU26A, which governs this day, is not loaded'],
  ])('of %s is null: %s', async (input, basis) => {
    expect(await anesthesia(input)).toMatchObject([{ amount: null, basis }])
  })

  test('takes a MAC and a locality without their zeros, and the latest known factor where that is asked for', async () => {
    expect(await anesthesia(`5, 60, ' 2102', '1', '2025-10-06'`)).toMatchObject([
      { conversion_factor: '27.86', amount: '250.74' },
    ])
    expect(await anesthesia(`5, 60, '10112', '00', '2026-01-06', true, 'latest'`)).toMatchObject([
      {
        amount: '173.79',
        basis: 'anesthesia (latest known: RVU25D; RVU26A, which governs this day, is not loaded)',
      },
    ])
  })
})
