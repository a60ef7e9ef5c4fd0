/** Certificates are verified, of CMS and of the database, and nothing turns that off. */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import pino from 'pino'
import { afterEach, expect, test } from 'vitest'
import { openClient } from '../../src/cms/client.ts'
import { PATIENCE } from '../../src/cms/settings.ts'
import { openSession } from '../../src/db/session.ts'
import { ROOT } from '../../src/paths.ts'
import { CERT, KEY } from '../helpers/certificate.ts'

const open: { close(): unknown }[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function listen(server: ReturnType<typeof createServer | typeof createHttps>) {
  open.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

test("CMS's pages are not read from a server whose certificate nobody signed", async () => {
  let requests = 0
  const server = createHttps({ cert: CERT, key: KEY }, (_, response) => {
    requests += 1
    response.end('forged')
  })
  const origin = `https://127.0.0.1:${await listen(server)}`
  const settings = {
    baseUrl: origin,
    hosts: [],
    licenses: [],
    patience: { ...PATIENCE, backoff: 1 },
  }
  await using client = await openClient(settings, pino({ level: 'silent' }))
  await expect(client.fetch({ url: origin }, async () => 'read')).rejects.toMatchObject({
    code: 'E_TLS',
    exitCode: 3,
  })
  expect(requests).toBe(0)
})

test('nor is a password sent to a PostgreSQL whose certificate nobody signed', async () => {
  let sent = Buffer.alloc(0)
  const server = createServer((socket) => {
    socket.on('error', () => {})
    // The first message asks for TLS; S agrees to it.
    socket.once('data', () => {
      socket.write('S')
      const secure = new TLSSocket(socket, { isServer: true, cert: CERT, key: KEY })
      secure.on('error', () => {})
      secure.on('data', (bytes: Buffer) => {
        sent = Buffer.concat([sent, bytes])
      })
    })
  })
  const port = await listen(server)
  for (const mode of ['require', 'verify-full']) {
    await expect(
      openSession(`postgres://ann:secret@127.0.0.1:${port}/fees?sslmode=${mode}`),
    ).rejects.toMatchObject({ code: 'E_TLS', message: expect.not.stringContaining('secret') })
  }
  expect(sent.toString()).toBe('')
})

test('nothing in the sources turns verification off', () => {
  const sources = ['src', 'pipelines', 'bin', 'deploy'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name) && !/\.(svg|css)$/.test(name))
      .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
  )
  for (const text of [...sources, readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')]) {
    expect(text).not.toMatch(
      /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|no-verify|checkServerIdentity/,
    )
  }
})
