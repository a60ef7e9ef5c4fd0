import { describe, expect, test } from 'vitest'
import * as fields from '../../schemas/fields.ts'

/** What a cell becomes, and whether that is valid. */
const read = (field: fields.Field, cell: string) => {
  const value = field.clean(cell)
  return field.schema.safeParse(value).success ? value : { invalid: value }
}

const atoms = new Map(Object.entries<unknown>(fields))
const atom = (name: string) => atoms.get(name) as fields.Field

describe('fields turn cells into one canonical text, or find them invalid', () => {
  test.for<[string, string, unknown]>([
    ['hcpcs', 'A4306', 'A4306'],
    ['hcpcs', '100', '00100'],
    ['hcpcs', '1999', '01999'],
    ['hcpcs', '9921', { invalid: '9921' }],
    ['hcpcs', '0001F', '0001F'],
    ['hcpcs', 'GXXX1', 'GXXX1'],
    ['hcpcs', 'a4306', { invalid: 'a4306' }],
    ['hcpcs', '', { invalid: null }],
    ['modifier', '', ''],
    ['modifier', 'TC', 'TC'],
    ['modifier', '2', { invalid: '2' }],
    ['mac', '02102', '02102'],
    ['mac', '2102', '02102'],
    ['mac', '510', '00510'],
    ['locality', '1', '01'],
    ['locality', '00', '00'],
    ['locality', '', { invalid: null }],
    ['rvu', '0.10', '0.10'],
    ['rvu', '.1', '0.10'],
    ['rvu', '00.10', '0.10'],
    ['rvu', '3', '3.00'],
    ['rvu', '0.105', { invalid: '0.105' }],
    ['rvu', '-0.10', { invalid: '-0.10' }],
    ['rvu', '1e2', { invalid: '1e2' }],
    ['rvu', 'NA', { invalid: 'NA' }],
    ['rvu', '.', { invalid: '.' }],
    ['rvu', '', { invalid: null }],
    ['gpci', '1', '1.000'],
    ['gpci', '1.000', '1.000'],
    ['money', '150.69', '150.69'],
    ['conversionFactor', '32.3465', '32.3465'],
  ])('%s %j', ([name, cell, expected]) => {
    expect(read(atom(name), cell)).toEqual(expected)
  })

  test('a blank optional column is null, never zero', () => {
    expect(read(fields.optional(fields.rvu), '')).toBeNull()
  })

  test('codes get back the zeros of their width', () => {
    expect(read(fields.code('000', '010', 'XXX'), '10')).toBe('010')
    expect(read(fields.code('000', '010', 'XXX'), '0')).toBe('000')
    expect(read(fields.code('01', '09'), '9')).toBe('09')
    expect(read(fields.code('01', '09'), '7')).toEqual({ invalid: '07' })
  })
})
