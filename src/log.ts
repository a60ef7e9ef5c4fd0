import pino, { type Logger } from 'pino'
import pretty from 'pino-pretty'

export type { Logger }

/** For programs that name no logger. */
export const SILENT: Logger = pino({ level: 'silent' })

/** Logs go to stderr, as JSON; on a terminal in lines that a person reads. */
export function createLog(level: string): Logger {
  const destination = process.stderr.isTTY
    ? pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss' })
    : pino.destination({ fd: 2, sync: true })
  return pino({ level, base: null }, destination)
}
