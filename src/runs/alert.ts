/** The alert webhook: a POST of JSON to CMS_FEES_ALERT_URL when an unattended command fails. */
import { CmsFeesError, EXIT } from '../errors.ts'
import type { Logger } from '../log.ts'

/** A receiver that does not answer costs a command no more than this, in milliseconds. */
const PATIENCE = 5_000

/**
 * `text` is what Slack, Mattermost and Teams show; the other fields are for machines. Never throws, and the
 * address, which is a secret, is in no message: what cannot be sent is a warning.
 */
export async function sendAlert(
  url: string,
  command: string,
  error: unknown,
  log: Logger,
): Promise<void> {
  const known = error instanceof CmsFeesError
  const code = known ? error.code : 'E_BUG'
  const message = error instanceof Error ? error.message : String(error)
  const next = known ? error.next : 'Please report it with the log.'
  const body = {
    text: `cms-fees ${command}: ${code}: ${message}\n${next}`,
    command,
    code,
    exit: known ? error.exitCode : EXIT.bug,
    message,
    next,
    at: new Date(),
  }
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    })
    await answer.body?.cancel()
    if (!answer.ok) log.warn({ status: answer.status }, 'the alert was not taken')
  } catch (fault) {
    const { name, cause } = fault as Error
    const reason = (cause as NodeJS.ErrnoException | undefined)?.code ?? name
    log.warn({ reason }, 'the alert could not be sent')
  }
}
