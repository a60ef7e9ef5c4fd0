/** docs/performance.md with the tables of the last runs of the benchmarks that were kept. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../src/paths.ts'

interface Results {
  readonly results: readonly {
    readonly name: string
    readonly milliseconds: number
    readonly times_the_floor: number
    readonly goal: number | null
  }[]
  readonly stages: Readonly<Record<'fresh' | 'changed', Readonly<Record<string, number>>>>
  readonly memory: number
  readonly queries: readonly {
    readonly name: string
    readonly server: number
    readonly client: number
    readonly goal: number
  }[]
}

interface Choices {
  readonly results: Readonly<
    Record<
      string,
      readonly {
        readonly name: string
        readonly ms: number
        readonly times_ours: number
        readonly megabytes?: number
      }[]
    >
  >
}

interface Growth {
  readonly loads: readonly number[]
  readonly checkpoints: readonly {
    readonly releases: number
    readonly versions: number
    readonly megabytes: number
    readonly queries: Readonly<Record<string, number>>
  }[]
  readonly ratios: readonly {
    readonly name: string
    readonly few: number
    readonly all: number
    readonly ratio: number
    readonly goal: number
  }[]
  readonly seconds: number
  readonly memory: number
}

interface PartB {
  readonly loads: readonly {
    readonly release: string
    readonly ms: number
    readonly megabytes: number
  }[]
  readonly ratio: number
  readonly queries: Results['queries']
}

interface Scale {
  readonly whole: boolean
  readonly measured: readonly {
    readonly engine: string
    readonly lines: number
    readonly seconds: number
    readonly processor: number | null
    readonly lines_a_second: number
    readonly megabytes: number | null
  }[]
}

const read = <T>(file: string): T =>
  JSON.parse(readFileSync(join(ROOT, 'bench', file), 'utf8')) as T

type Cell = string | number | null | undefined

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map((cell) => cell ?? ''))]
    .map((row) => `| ${row.join(' | ')} |\n`)
    .join('')

const queryTable = (queries: Results['queries']): string =>
  table(
    ['query', 'on the server, ms', 'in a client, ms', 'goal'],
    queries.map((each) => [each.name, each.server, each.client, each.goal]),
  )

function blocks(): Readonly<Record<string, string>> {
  const { results, stages, memory, queries } = read<Results>('results.json')
  const choices = read<Choices>('choices.json').results
  const growth = read<Growth>('growth.json')
  const partB = read<PartB>('part-b.json')
  const scale = read<Scale>('scale.json')
  const named = Object.keys(growth.checkpoints[0]?.queries ?? {})
  return {
    loads: table(
      ['load, until it is published', 'ms', '× floor', 'goal'],
      results.map((each) => [each.name, each.milliseconds, each.times_the_floor, each.goal]),
    ),
    stages: table(
      ['stage', 'everything new, ms', '1 % changed, ms'],
      Object.entries(stages.fresh).map(([stage, ms]) => [stage, ms, stages.changed[stage]]),
    ),
    memory: table(['process', 'peak, MB', 'goal'], [['the loads above', memory, 250]]),
    queries: queryTable(queries),
    'part-b': `${table(
      ['release', 'ms', 'peak, MB'],
      partB.loads.map((each) => [each.release, each.ms, each.megabytes]),
    )}\nThe four others take ${partB.ratio} times what the physician release takes; the goal is 1.5.\n\n${queryTable(partB.queries)}`,
    choices: Object.entries(choices)
      .map(([group, rows]) => {
        const megabytes = rows.some((row) => row.megabytes !== undefined)
        return table(
          [group, 'ms', '× ours', ...(megabytes ? ['peak, MB'] : [])],
          rows.map((row) => [
            ...[row.name, row.ms, row.times_ours],
            ...(megabytes ? [row.megabytes] : []),
          ]),
        )
      })
      .join('\n'),
    growth: `${table(
      ['releases', 'versions', 'MB', ...named.map((name) => `${name}, ms`)],
      growth.checkpoints.map((each) => [
        ...[each.releases, each.versions, each.megabytes],
        ...named.map((name) => each.queries[name]),
      ]),
    )}\n${table(
      ['', 'with few releases, ms', `with ${growth.loads.length}, ms`, 'ratio', 'goal'],
      growth.ratios.map((each) => [each.name, each.few, each.all, each.ratio, each.goal]),
    )}`,
    scale: table(
      ['engine', 'claim lines', 's', 'of processor, s', 'lines a second', 'peak, MB'],
      scale.measured.map((each) => [
        ...[each.engine, each.lines.toLocaleString('en-US'), each.seconds, each.processor],
        ...[each.lines_a_second.toLocaleString('en-US'), each.megabytes],
      ]),
    ),
    backfill: table(
      ['backfill', 'measured', 'goal'],
      [
        [`${growth.loads.length} releases, s`, growth.seconds, growth.loads.length / 2],
        ['peak memory, MB', growth.memory, 250],
      ],
    ),
  }
}

export async function renderPerformance(): Promise<string> {
  const page = readFileSync(join(ROOT, 'docs/performance.md'), 'utf8')
  return Object.entries(blocks()).reduce(
    (text, [name, block]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\\n).*?(<!-- /${name} -->)`, 's'),
        (_, open: string, close: string) => `${open}${block}${close}`,
      ),
    page,
  )
}
