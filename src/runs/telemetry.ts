/**
 * OpenTelemetry: a trace and metrics of each run, sent when it has ended, where OTEL_EXPORTER_OTLP_ENDPOINT is
 * set. Its SDK reads its own variables (headers, service name, timeouts); nothing of it is loaded otherwise.
 */
import type { Outcome } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { VERSION } from '../version.ts'
import type { Run } from './run.ts'

export interface EndedRun {
  readonly run: Run
  readonly command: string
  readonly release: string | null
  readonly outcome: Outcome
  readonly error?: unknown
  readonly startedAt: number
  readonly endedAt: number
}

export const isObserved = ({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_SDK_DISABLED: disabled,
}: NodeJS.ProcessEnv): boolean => Boolean(endpoint) && disabled !== 'true'

/** A collector that does not answer costs a run no more than this, in milliseconds. */
const PATIENCE = 3_000

/** Never throws: what cannot be sent is a warning. */
export async function exportRun(ended: EndedRun): Promise<void> {
  try {
    const [
      api,
      { TracerProvider, BatchSpanProcessor },
      metrics,
      { defaultResource, resourceFromAttributes },
    ] = await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/sdk-metrics'),
      import('@opentelemetry/resources'),
    ])
    const silent = () => {}
    // The SDK tells of what it could not send here, and nowhere else.
    const error = (reason: string) => warn(ended.run, reason)
    const logger = { error, warn: silent, info: silent, debug: silent, verbose: silent }
    api.diag.setLogger(logger, { logLevel: api.DiagLogLevel.ERROR, suppressOverrideMessage: true })
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
    const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-http')
    const named = resourceFromAttributes({ 'service.name': 'cms-fees', 'service.version': VERSION })
    // What the environment names, such as OTEL_SERVICE_NAME, goes before.
    const resource = process.env.OTEL_SERVICE_NAME
      ? defaultResource()
      : defaultResource().merge(named)
    const timeoutMillis = PATIENCE
    const tracing = new TracerProvider({
      resource,
      spanProcessors: [
        new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ timeoutMillis }) }),
      ],
    })
    const exporter = new OTLPMetricExporter({ timeoutMillis })
    const reader = new metrics.PeriodicExportingMetricReader({
      exporter,
      exportTimeoutMillis: timeoutMillis,
    })
    const metering = new metrics.MeterProvider({ resource, readers: [reader] })
    trace(api, tracing.getTracer('cms-fees', VERSION), ended)
    measure(metering.getMeter('cms-fees', VERSION), ended)
    await Promise.all([tracing.shutdown(), metering.shutdown()])
  } catch (error) {
    warn(ended.run, reasonOf(error))
  }
}

const warn = (run: Run, reason: string) => run.log.warn({ reason }, 'telemetry could not be sent')

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

function attributesOf({ command, release, outcome, error, run }: EndedRun) {
  return {
    'cms_fees.command': command,
    'cms_fees.run': run.id,
    'cms_fees.outcome': outcome,
    ...(release && { 'cms_fees.release': release }),
    ...(error !== undefined && {
      'cms_fees.error_code': error instanceof CmsFeesError ? error.code : 'E_BUG',
    }),
  }
}

function trace(
  api: typeof import('@opentelemetry/api'),
  tracer: import('@opentelemetry/api').Tracer,
  ended: EndedRun,
): void {
  const root = tracer.startSpan(`cms-fees ${ended.command}`, {
    startTime: ended.startedAt,
    attributes: attributesOf(ended),
  })
  if (ended.error !== undefined) {
    root.setStatus({ code: api.SpanStatusCode.ERROR, message: reasonOf(ended.error) })
  }
  const inRoot = api.trace.setSpan(api.ROOT_CONTEXT, root)
  for (const { stage, dataset, rows, startedAt, milliseconds } of ended.run.stages) {
    const attributes = {
      'cms_fees.stage': stage,
      ...(dataset && { 'cms_fees.dataset': dataset }),
      ...(rows !== null && { 'cms_fees.rows': rows }),
    }
    const name = dataset ? `${stage} ${dataset}` : stage
    tracer
      .startSpan(name, { startTime: startedAt, attributes }, inRoot)
      .end(startedAt + milliseconds)
  }
  root.end(ended.endedAt)
}

function measure(meter: import('@opentelemetry/api').Meter, ended: EndedRun): void {
  const { command, outcome, run, startedAt, endedAt } = ended
  const attributes = { 'cms_fees.command': command, 'cms_fees.outcome': outcome }
  meter.createCounter('cms_fees.runs', { description: 'Runs that ended' }).add(1, attributes)
  meter
    .createHistogram('cms_fees.run.duration', { unit: 's', description: 'Time of a run' })
    .record((endedAt - startedAt) / 1000, attributes)
  const stageTime = meter.createHistogram('cms_fees.stage.duration', {
    unit: 's',
    description: 'Time of a stage',
  })
  const rows = meter.createCounter('cms_fees.rows', {
    description: 'Rows that a stage gave on; of merge, versions written',
  })
  for (const { stage, dataset, rows: count, milliseconds } of run.stages) {
    const of = { 'cms_fees.stage': stage, ...(dataset && { 'cms_fees.dataset': dataset }) }
    stageTime.record(milliseconds / 1000, of)
    if (count !== null) rows.add(count, of)
  }
  const rejected = meter.createCounter('cms_fees.rows.rejected', {
    description: 'Rows that a schema rejected',
  })
  for (const [dataset, lines] of Map.groupBy(run.rejected, (row) => row.dataset)) {
    rejected.add(lines.length, { 'cms_fees.dataset': dataset })
  }
}
