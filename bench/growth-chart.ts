/** Three panels over the length of a history: loads, storage, queries. */
import { type Axis, type Panel, picture } from './chart.ts'
import type { Checkpoint } from './growth.ts'

export function drawGrowth(loads: readonly number[], checkpoints: readonly Checkpoint[]): string {
  const most = loads.length
  const releases: Axis = {
    title: 'releases',
    ticks: Array.from({ length: Math.floor(most / 20) + 1 }, (_, at) => [
      (at * 20) / most,
      `${at * 20}`,
    ]),
    at: (count) => count / most,
  }
  const panels: Panel[] = [
    {
      ...{ title: 'Load of each release', unit: 'ms' },
      lines: [{ name: 'until it is published', points: loads.map((ms, at) => [at + 1, ms]) }],
    },
    {
      ...{ title: 'Versions, history, indexes', unit: 'MB' },
      lines: [
        { name: 'all tables', points: checkpoints.map((each) => [each.releases, each.megabytes]) },
      ],
    },
    {
      ...{ title: 'Queries as of a day', unit: 'ms' },
      lines: Object.keys(checkpoints[0]?.queries ?? {}).map((name) => ({
        name,
        points: checkpoints.map((each) => [each.releases, each.queries[name] ?? 0]),
      })),
    },
  ]
  return picture('Load time, storage and query time over the number of releases', panels, releases)
}
