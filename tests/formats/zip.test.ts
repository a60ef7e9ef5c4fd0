import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import yazl from 'yazl'
import { zipOf } from '../../fixtures/zip.ts'
import { INFLATE_LIMIT, openZip } from '../../src/formats/zip.ts'
import { codeOfAsync } from '../helpers/errors.ts'

const CONTENT = Buffer.from('10112,00,ALABAMA\r\n'.repeat(40))
const plain = (name = 'GPCI2025.csv') => zipOf(new Map([[name, CONTENT]]))

/** Opens a zip and reads all of it. */
async function readAll(bytes: Buffer, limit = INFLATE_LIMIT): Promise<string[]> {
  const zip = await openZip(bytes, 'crafted.zip', limit)
  for (const name of zip.names) await zip.read(name)
  return [...zip.names]
}

const refusal = (bytes: Buffer, limit?: number) => codeOfAsync(() => readAll(bytes, limit))

/** Writes another name of the same length over each copy of a name. */
function renamed(bytes: Buffer, from: string, to: string): Buffer {
  const text = bytes.toString('latin1')
  expect(to).toHaveLength(from.length)
  return Buffer.from(text.replaceAll(from, to), 'latin1')
}

/** Offset of the first member's entry in the central directory. */
const entryOf = (bytes: Buffer): number => bytes.indexOf('PK\u0001\u0002', 0, 'latin1')

function patched(bytes: Buffer, change: (bytes: Buffer, entry: number) => void): Buffer {
  const copy = Buffer.from(bytes)
  change(copy, entryOf(copy))
  return copy
}

test('an honest zip is read, its folders passed over', async () => {
  const zip = new yazl.ZipFile()
  zip.addEmptyDirectory('RVU25A/')
  zip.addBuffer(CONTENT, 'RVU25A/GPCI2025.csv')
  zip.end()
  expect(await readAll(await buffer(zip.outputStream))).toEqual(['RVU25A/GPCI2025.csv'])
})

test('a member that is not compressed is read, and its bytes count as well', async () => {
  const zip = new yazl.ZipFile()
  zip.addBuffer(CONTENT, 'GPCI2025.csv', { compress: false })
  zip.end()
  const bytes = await buffer(zip.outputStream)
  expect(await readAll(bytes, CONTENT.length)).toEqual(['GPCI2025.csv'])
  expect(await refusal(bytes, CONTENT.length - 1)).toBe('E_ZIP_UNSAFE')
})

describe('unsafe names', () => {
  test.each([
    ['path traversal', '../PCI2025.csv'],
    ['path traversal within', 'a/../I2025.csv'],
    ['an absolute path', '/GPCI2025.csv_'],
    ['a drive letter', 'C:GPCI2025.csv'],
    ['backslashes', '..\\\\GPCI25.csv'],
  ])('%s', async (_, name) => {
    const honest = 'GPCI2025.csvxx'.slice(0, name.length)
    expect(await refusal(renamed(await plain(honest), honest, name))).toBe('E_ZIP_UNSAFE')
  })
})

describe('members that no CMS release has', () => {
  test('a symbolic link', async () => {
    const zip = new yazl.ZipFile()
    zip.addBuffer(Buffer.from('/etc/passwd'), 'GPCI2025.csv', { mode: 0o120777 })
    zip.end()
    expect(await refusal(await buffer(zip.outputStream))).toBe('E_ZIP_UNSAFE')
  })

  test('one name twice, in whatever case', async () => {
    const two = await zipOf(
      new Map([
        ['GPCI2025.csv', CONTENT],
        ['gpci2025.CSX', CONTENT],
      ]),
    )
    expect(await refusal(renamed(two, 'gpci2025.CSX', 'gpci2025.CSV'))).toBe('E_ZIP_UNSAFE')
  })

  test('a zip within the zip', async () => {
    expect(await refusal(await plain('PPRRVU25.ZIP'))).toBe('E_ZIP_UNSAFE')
  })

  test('an encrypted member', async () => {
    const encrypted = patched(await plain(), (bytes, entry) => {
      bytes.writeUInt16LE(bytes.readUInt16LE(entry + 8) | 1, entry + 8)
      bytes.writeUInt16LE(bytes.readUInt16LE(6) | 1, 6)
    })
    expect(await refusal(encrypted)).toBe('E_ZIP_UNSAFE')
  })
})

describe('damage', () => {
  test('a wrong CRC', async () => {
    const wrong = patched(await plain(), (bytes, entry) => bytes.writeUInt32LE(7, entry + 16))
    expect(await refusal(wrong)).toBe('E_ZIP_DAMAGED')
  })

  test.each([1, CONTENT.length - 1, CONTENT.length + 1])(
    'a member that declares %i bytes and inflates to others',
    async (declared) => {
      const lying = patched(await plain(), (bytes, entry) =>
        bytes.writeUInt32LE(declared, entry + 24),
      )
      expect(await refusal(lying)).toBe('E_ZIP_DAMAGED')
    },
  )

  test('a compression that nobody knows', async () => {
    const odd = patched(await plain(), (bytes, entry) => bytes.writeUInt16LE(99, entry + 10))
    expect(await refusal(odd)).toBe('E_ZIP_DAMAGED')
  })

  test('a zip that is cut at any byte is never read as whole', async () => {
    const whole = await plain()
    for (let length = 0; length < whole.length; length += 1) {
      expect(await refusal(whole.subarray(0, length)), `cut at ${length}`).toMatch(/^E_ZIP_/)
    }
  })
})

describe('the limit on inflated bytes', () => {
  const two = () =>
    zipOf(
      new Map([
        ['GPCI2025.csv', CONTENT],
        ['ANES2025.csv', CONTENT],
      ]),
    )

  test('counts what really inflates, over all members', async () => {
    expect(await refusal(await two(), 2 * CONTENT.length)).toBeUndefined()
    expect(await refusal(await two(), 2 * CONTENT.length - 1)).toBe('E_ZIP_UNSAFE')
  })

  test('holds where the zip declares less', async () => {
    const zeros = await zipOf(new Map([['GPCI2025.csv', Buffer.alloc(1_000_000)]]))
    const lying = patched(zeros, (bytes, entry) => bytes.writeUInt32LE(10, entry + 24))
    expect(await refusal(lying, 1000)).toMatch(/^E_ZIP_/)
    expect(await refusal(zeros, 1000)).toBe('E_ZIP_UNSAFE')
  })
})
