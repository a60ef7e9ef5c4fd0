import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { serverAccount } from '../../src/db/binaries.ts'
import { useEmbedded } from '../../src/db/embedded.ts'
import { openSession } from '../../src/db/session.ts'
import { makeFolder } from '../helpers/folder.ts'

const folder = await makeFolder('embedded')

async function answers(url: string): Promise<boolean> {
  try {
    const { client, close } = await openSession(url)
    const { rows } = await client.query('select 1 as one')
    await close()
    return rows[0].one === 1
  } catch {
    return false
  }
}

describe('the embedded PostgreSQL', () => {
  test('two users at once share one server; the last one stops it', async () => {
    const home = join(folder, 'shared')
    const [first, second] = await Promise.all([useEmbedded(home), useEmbedded(home)])
    expect(second.url).toBe(first.url)
    const using = await openSession(second.url)
    await first.release()
    expect(await answers(second.url)).toBe(true)
    await using.close()
    await second.release()
    expect(await answers(second.url)).toBe(false)
  })

  test('a server that a killed process left behind is adopted, with its data', async () => {
    const home = join(folder, 'left')
    const left = await useEmbedded(home)
    const session = await openSession(left.url)
    await session.client.query('create table kept as select 42 as value')
    await session.close()
    const adopted = await useEmbedded(home)
    expect(adopted.url).toBe(left.url)
    await adopted.release()

    const again = await useEmbedded(home)
    const { client, close } = await openSession(again.url)
    expect((await client.query('select value from kept')).rows).toEqual([{ value: 42 }])
    await close()
    await again.release()
  })

  test('a server that cannot be stopped is told as such', async () => {
    const server = await useEmbedded(join(folder, 'unstopped'))
    const { client, close } = await openSession(server.url)
    const { rows } = await client.query('show data_directory')
    await close()
    const file = join(rows[0].data_directory, 'postmaster.pid')
    const [pid] = (await readFile(file, 'utf8')).split('\n')
    await rm(file)
    await expect(server.release()).rejects.toMatchObject({ code: 'E_EMBEDDED_POSTGRES' })
    process.kill(Number(pid), 'SIGQUIT')
  })

  test.runIf(process.getuid?.() === 0)(
    'as root, below a folder that only root may enter',
    async () => {
      const closed = join(folder, 'closed')
      await mkdir(closed, { mode: 0o700 })
      const home = join(closed, 'home')
      const server = await useEmbedded(home)
      expect(await answers(server.url)).toBe(true)
      await server.release()
      // It was put where the account of the server can enter.
      const place = await (await serverAccount()).reachable(join(home, 'postgres'))
      expect(place).not.toContain(closed)
      await rm(place, { recursive: true })
    },
  )
})
