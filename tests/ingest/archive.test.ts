import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asArchiveError } from '../../src/ingest/archive.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()

// Not even root can make a folder here.
const SEALED = '/sys/cms-fees'

test.skipIf(process.platform !== 'linux')(
  'an archive that cannot be written is named',
  async () => {
    const from = join(FIXTURES, 'rvu25a.zip')
    await expect(
      ingest({ release: 'RVU25A', from }, { ...database, archive: SEALED }),
    ).rejects.toMatchObject({
      code: 'E_ARCHIVE_UNWRITABLE',
      exitCode: 2,
      message: expect.stringContaining(SEALED),
    })
    expect(await database.rows('select outcome, error_code from ops.run')).toEqual([
      { outcome: 'failed', error_code: 'E_ARCHIVE_UNWRITABLE' },
    ])
  },
)

test.skipIf(process.platform !== 'linux')('so is a disk without room', async () => {
  const full = await writeFile('/dev/full', 'x').catch((error) => error)
  expect(asArchiveError(full, '/archive')).toMatchObject({
    code: 'E_ARCHIVE_UNWRITABLE',
    message: expect.stringContaining('ENOSPC'),
  })
})

test('what cannot be read elsewhere is no fault of the archive', () => {
  const error = Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open', path: '/x' })
  expect(asArchiveError(error, '/archive')).toBe(error)
})
