/** What a long history costs: the same loads and questions with few releases and with all, in turns. */
import type { Client } from 'pg'
import { openSession } from '../src/db/session.ts'
import { ingestOne, type Job } from './ingest.ts'
import { median, rounds } from './measure.ts'

export interface Ratio {
  readonly name: string
  /** Milliseconds, medians. */
  readonly few: number
  readonly all: number
  readonly ratio: number
  readonly goal: number
}

interface Question {
  readonly text: string
  /** How many years before the newest release; null where it asks of today. */
  readonly yearsAgo: number | null
  readonly goal: number
}

const QUESTIONS: Readonly<Record<string, Question>> = {
  'whole schedule, in force': {
    text: `select count(*) from (select * from api.rvu_on($1) offset 0) schedule`,
    ...{ yearsAgo: 0, goal: 1.3 },
  },
  'whole schedule, ten years before': {
    text: `select count(*) from (select * from api.rvu_on($1) offset 0) schedule`,
    ...{ yearsAgo: 10, goal: 1.3 },
  },
  'one code': {
    text: `select * from api.rvu_on($1) where hcpcs = 'G0101'`,
    ...{ yearsAgo: 0, goal: 1.2 },
  },
  'one payment': {
    text: `select * from api.payment('G0101', '', '10112', '00', $1)`,
    ...{ yearsAgo: 0, goal: 1.2 },
  },
  'fee schedule of a locality': {
    text: `select count(*) from (select * from api.fee_schedule('10112', '00', $1) offset 0) fees`,
    ...{ yearsAgo: 0, goal: 1.2 },
  },
  'code page': {
    text: `select * from api.code_page where hcpcs = 'A4306'`,
    ...{ yearsAgo: null, goal: 1.2 },
  },
  search: {
    text: `select * from api.search('portable medicine pump')`,
    ...{ yearsAgo: null, goal: 1.2 },
  },
}

type Asked = Readonly<Record<string, () => Promise<number>>>

/** Each question as a prepared statement, on a day that its newest releases govern. */
async function questionsOf(client: Client): Promise<Asked> {
  const { rows } = await client.query<{ first: string; last: string }>(
    'select min(effective_from)::text as first, max(effective_from)::text as last from ops.release',
  )
  const { first = '', last = '' } = rows[0] ?? {}
  const dayOf = (yearsAgo: number) => {
    const day = `${Number(last.slice(0, 4)) - yearsAgo}${last.slice(4)}`
    return day < first ? first : day
  }
  return Object.fromEntries(
    Object.entries(QUESTIONS).map(([name, { text, yearsAgo }]) => [
      name,
      async () => {
        const start = performance.now()
        await client.query({ name, text, values: yearsAgo === null ? [] : [dayOf(yearsAgo)] })
        return performance.now() - start
      },
    ]),
  )
}

/** PostgreSQL keeps a plan from the sixth call of a prepared statement on. */
const UNPREPARED = 6

/** Medians in milliseconds. */
export async function timeQueries(client: Client, runs: number): Promise<Record<string, number>> {
  const measured = await rounds(UNPREPARED + runs, await questionsOf(client))
  return Object.fromEntries(
    measured.map(({ name, runs: [...times] }) => [name, medianOf(times.slice(UNPREPARED))]),
  )
}

/** The database of the first release against that of all. */
export async function compareQueries(runs: number, few: string, all: string): Promise<Ratio[]> {
  const sessions = [await openSession(few), await openSession(all)]
  const [asFew = {}, asAll = {}] = await Promise.all(
    sessions.map(({ client }) => questionsOf(client)),
  )
  const inTurns = Object.keys(QUESTIONS).flatMap((name) => [
    [`few ${name}`, asFew[name]] as const,
    [`all ${name}`, asAll[name]] as const,
  ])
  const cases = Object.fromEntries(inTurns.flatMap(([key, ask]) => (ask ? [[key, ask]] : [])))
  const measured = await rounds(UNPREPARED + runs, cases)
  for (const { close } of sessions) await close()
  const timeOf = (key: string) =>
    measured.find(({ name }) => name === key)?.runs.slice(UNPREPARED) ?? []
  return Object.entries(QUESTIONS).map(([name, { goal }]) =>
    ratioOf(name, timeOf(`few ${name}`), timeOf(`all ${name}`), goal),
  )
}

/** A release that changes little, loaded on top of three releases and of all. */
export async function compareLoads(
  runs: number,
  [few, all]: readonly [() => Promise<Job>, () => Promise<Job>],
): Promise<Ratio> {
  const loading = (job: () => Promise<Job>) => async () => (await ingestOne(await job())).published
  const measured = await rounds(runs, { few: loading(few), all: loading(all) })
  const [onFew = [], onAll = []] = measured.map(({ runs: times }) => times)
  return ratioOf('load of a release that changes little, after three', onFew, onAll, 1.2)
}

function ratioOf(name: string, few: number[], all: number[], goal: number): Ratio {
  const ratio = Number((median(all) / median(few)).toFixed(2))
  return { name, few: medianOf(few), all: medianOf(all), ratio, goal }
}

const medianOf = (times: readonly number[]): number => Number(median(times).toFixed(1))
