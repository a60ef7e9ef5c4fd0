/** Spark on this machine, as docs/spark.md has it. */
import { delimiter, dirname, join } from 'node:path'
import { ROOT } from '../../src/paths.ts'

/** The Python of an environment with PySpark and pyarrow; empty where there is none. */
export const PYTHON = process.env.SPARK_PYTHON ?? ''

export const program = (name: 'python' | 'spark-submit'): string => join(dirname(PYTHON), name)

export const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [dirname(PYTHON), process.env.PATH].join(delimiter),
  SPARK_LOCAL_IP: '127.0.0.1',
})

export interface SparkSize {
  readonly memory: string
  readonly partitions: number
  readonly java: string
}

/** Two cores. Spark writes methods that Java interprets where it is not told to compile long ones too. */
export const MANY_LINES: SparkSize = {
  ...{ memory: '3g', partitions: 8, java: '-XX:-DontCompileHugeMethods' },
}

/** What takes long is to start, and to compile what runs once. */
export const FEW_LINES: SparkSize = {
  ...{ memory: '2g', partitions: 2, java: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' },
}

/** Arguments of spark-submit that price a file of lines, but for the three of price.py. */
export const pricing = (
  { memory, partitions, java }: SparkSize,
  settings: readonly string[] = [],
): string[] => [
  ...['--master', 'local[2]', '--driver-memory', memory, '--driver-java-options', java],
  ...[`sql.shuffle.partitions=${partitions}`, 'ui.enabled=false', ...settings].flatMap(
    (setting) => ['--conf', `spark.${setting}`],
  ),
  join(ROOT, 'spark/price.py'),
]
