/** What others are told of a run: traces and metrics for a collector, alerts for people. */
import { spawn } from 'node:child_process'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FIXTURES } from '../../src/paths.ts'
import { BIN, environment } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const home = await makeFolder('observed')
const received: { path: string; headers: IncomingHttpHeaders; body: Record<string, unknown> }[] = []
let status = 200
const collector = createServer(async (request, response) => {
  const body = await text(request)
  received.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(body) })
  response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
})
let origin = ''
beforeAll(async () => {
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
})
afterAll(async () => {
  collector.closeAllConnections()
  await new Promise((done) => collector.close(done))
})
beforeEach(() => {
  received.length = 0
  status = 200
})

const RVU25A = ['ingest', 'RVU25A', '--from', join(FIXTURES, 'rvu25a.zip')]
const NOT_A_ZIP = ['ingest', 'RVU25A', '--from', join(FIXTURES, '../package.json')]

function run(args: readonly string[], env: Record<string, string>) {
  const settings = { ...environment(database.url, home), LOG_LEVEL: 'warn', ...env }
  const child = spawn(process.execPath, [BIN, ...args], { env: settings })
  const stderr = text(child.stderr)
  return new Promise<{ code: number | null; stderr: string }>((done) =>
    child.once('close', async (code) => done({ code, stderr: await stderr })),
  )
}

const attributes = (list: { key: string; value: Record<string, unknown> }[]) =>
  Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]]))

describe('OpenTelemetry', () => {
  interface Span {
    name: string
    traceId: string
    spanId: string
    parentSpanId?: string
    attributes: Parameters<typeof attributes>[0]
    status: { code?: number }
  }
  const resources = (path: string, key: string) =>
    received.filter((one) => one.path === path).flatMap(({ body }) => body[key] as unknown[])
  const spans = () =>
    (resources('/v1/traces', 'resourceSpans') as { scopeSpans: { spans: Span[] }[] }[]).flatMap(
      ({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans),
    )
  const metrics = () =>
    (
      resources('/v1/metrics', 'resourceMetrics') as {
        scopeMetrics: { metrics: { name: string }[] }[]
      }[]
    ).flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))

  test('has a trace of the run, with a span for each stage, and metrics', async () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: origin,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=canary',
    }
    expect(await run(RVU25A, env)).toEqual({
      code: 0,
      stderr: expect.not.stringContaining('telemetry'),
    })
    const [root] = spans().filter(({ parentSpanId }) => !parentSpanId)
    expect(root?.name).toBe('cms-fees ingest')
    expect(attributes(root?.attributes ?? [])).toMatchObject({
      'cms_fees.release': 'RVU25A',
      'cms_fees.outcome': 'done',
    })
    const stages = spans().filter(({ parentSpanId }) => parentSpanId === root?.spanId)
    expect(stages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['parse rvu', 'merge rvu', 'check']),
    )
    expect(new Set(spans().map(({ traceId }) => traceId)).size).toBe(1)
    expect(metrics().map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'cms_fees.runs',
        'cms_fees.run.duration',
        'cms_fees.stage.duration',
        'cms_fees.rows',
      ]),
    )
    expect(received.every(({ headers }) => headers['api-key'] === 'canary')).toBe(true)
  })

  test('has the error of a run that was refused', async () => {
    await run(NOT_A_ZIP, { OTEL_EXPORTER_OTLP_ENDPOINT: origin })
    const [root] = spans().filter(({ parentSpanId }) => !parentSpanId)
    expect(root?.status.code).toBe(2)
    expect(attributes(root?.attributes ?? [])).toMatchObject({
      'cms_fees.error_code': 'E_NOT_A_ZIP',
    })
  })

  test('a collector that is not there changes nothing but a warning', async () => {
    const { code, stderr } = await run(RVU25A, {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    })
    expect(code).toBe(0)
    expect(stderr).toContain('telemetry could not be sent')
  })

  test('nothing is sent where no endpoint is set', async () => {
    await run(RVU25A, { OTEL_EXPORTER_OTLP_ENDPOINT: '' })
    expect(received).toEqual([])
  })
})

describe('the alert webhook', () => {
  const url = () => `${origin}/hook/canary-token`

  test('is told what failed and what to do', async () => {
    const { code, stderr } = await run(NOT_A_ZIP, { CMS_FEES_ALERT_URL: url() })
    expect(code).toBe(3)
    expect(received).toEqual([
      {
        path: '/hook/canary-token',
        headers: expect.objectContaining({ 'content-type': 'application/json' }),
        body: {
          text: expect.stringMatching(/^cms-fees ingest: E_NOT_A_ZIP: .*\nPut it into a folder/),
          command: 'ingest',
          code: 'E_NOT_A_ZIP',
          exit: 3,
          message: expect.any(String),
          next: expect.any(String),
          at: expect.stringMatching(/^20/),
        },
      },
    ])
    expect(stderr).not.toContain('canary')
  })

  test('is told of a database that cannot be reached, without its password', async () => {
    const env = {
      CMS_FEES_ALERT_URL: url(),
      DATABASE_URL: 'postgres://x:canary-password@127.0.0.1:9/none',
    }
    expect((await run(['latest'], env)).code).toBe(4)
    expect(received[0]?.body).toMatchObject({ code: 'E_DATABASE_UNREACHABLE', command: 'latest' })
    expect(JSON.stringify(received[0]?.body)).not.toContain('canary-password')
  })

  test('is not told of what went well', async () => {
    expect((await run(RVU25A, { CMS_FEES_ALERT_URL: url() })).code).toBe(0)
    expect(received).toEqual([])
  })

  test.each([
    [() => 'http://127.0.0.1:9/canary-token', 200],
    [url, 500],
  ])('one that does not take the alert changes nothing but a warning', async (address, answer) => {
    status = answer
    const { code, stderr } = await run(NOT_A_ZIP, { CMS_FEES_ALERT_URL: address() })
    expect(code).toBe(3)
    expect(stderr).toMatch(/the alert (could not be sent|was not taken)/)
    expect(stderr).not.toContain('canary')
  })
})
