/** Download: a zip from CMS into the archive, resumed where it was cut, fetched again only if it changed. */
import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CmsFeesError } from '../errors.ts'
import { openZip } from '../formats/zip.ts'
import { type Artifact, moveIn } from '../ingest/archive.ts'
import { refuseOtherContent } from '../ingest/unpack.ts'
import { fileNameOf } from './address.ts'
import { asTransient, type Client, type Response, Transient } from './client.ts'

/** What a server says of a version of a file, so that it can be asked whether that is still the one. */
export interface Validators {
  readonly etag: string | null
  readonly lastModified: string | null
}

export interface Downloaded extends Validators {
  readonly artifact: Artifact
}

export interface DownloadOptions {
  /** What was stored at the last download of this address; the file is then fetched only if it changed. */
  readonly known?: Validators | undefined
  /** Bytes that a release may have; the largest so far has 8 MB. */
  readonly limit?: number
  /** Bytes that are here, and how many there will be where the server says so. */
  readonly progress?: ((bytes: number, total: number | null) => void) | undefined
}

const LIMIT = 256 * 1024 * 1024

/** Bytes that an attempt must bring, so that a server which cuts each answer is asked on. */
const STEP = 64 * 1024

/**
 * Null where the server says that the known file is still the one. Throws what `Client.fetch` throws,
 * E_TOO_LARGE, E_EMPTY_FILE, E_HTML_NOT_ZIP, E_NOT_A_ZIP, E_ZIP_TRUNCATED.
 */
export async function download(
  client: Client,
  archive: string,
  url: string,
  { known, limit = LIMIT, progress }: DownloadOptions = {},
): Promise<Downloaded | null> {
  await mkdir(archive, { recursive: true })
  const partial = partialOf(archive, url)
  const name = fileNameOf(url)
  let farthest = 0
  return client.fetch(
    { url, headers: () => askFor(partial, known), expects: [206, 304, 416] },
    async (response) => {
      if (response.status === 304) {
        await response.body.dump()
        return null
      }
      const start = await startOf(response, partial)
      const total = totalOf(response, start)
      if (total !== null && total > limit) throw tooLarge(name, limit)
      const validators = validatorsOf(response)
      if (start === 0) {
        const { etag, lastModified } = validators
        await writeFile(partial.validators, `${etag ?? ''}\n${lastModified ?? ''}`)
      }
      const { sha256, bytes } = await receive(response, partial, start, (received) => {
        if (received > limit) throw tooLarge(name, limit)
        progress?.(received, total)
      }).catch(async (error) => {
        if (error instanceof CmsFeesError) await discard(partial)
        const here = await bytesOf(partial)
        const progressed = sameAs(validators) !== null && here >= farthest + STEP
        farthest = Math.max(farthest, here)
        throw asTransient(error, progressed)
      })
      if (total !== null && bytes !== total) {
        await discard(partial)
        throw new Transient(`${bytes} bytes came, ${total} were announced`)
      }
      await refuseOther(partial, name)
      await moveIn(archive, partial.content, sha256)
      await discard(partial)
      return { artifact: { sha256, kind: 'zip', name, bytes }, ...validators }
    },
  )
}

/** Whether the file at an address is still the one that was stored. Asks for no content. */
export function isUnchanged(client: Client, url: string, known: Validators): Promise<boolean> {
  const headers = async () => conditions(known)
  return client.fetch({ url, method: 'HEAD', headers, expects: [304] }, async (response) => {
    await response.body.dump()
    if (response.status === 304) return true
    const now = validatorsOf(response)
    if (known.etag !== null && now.etag !== null) return known.etag === now.etag
    return known.lastModified === now.lastModified
  })
}

/** Where bytes wait until they are all here: kept over a crash, and found again by the address. */
interface Partial {
  readonly content: string
  readonly validators: string
}

function partialOf(archive: string, url: string): Partial {
  const content = join(archive, `.partial-${hash('sha256', url).slice(0, 16)}`)
  return { content, validators: `${content}.validators` }
}

async function discard(partial: Partial): Promise<void> {
  await rm(partial.content, { force: true })
  await rm(partial.validators, { force: true })
}

async function bytesOf(partial: Partial): Promise<number> {
  return (await stat(partial.content).catch(() => null))?.size ?? 0
}

async function storedValidators(partial: Partial): Promise<Validators> {
  const [etag = null, lastModified = null] = await readFile(partial.validators, 'utf8').then(
    (text) => text.split('\n').map((line) => line || null),
    () => [],
  )
  return { etag, lastModified }
}

async function askFor(
  partial: Partial,
  known: Validators | undefined,
): Promise<Record<string, string>> {
  const bytes = await bytesOf(partial)
  const same = sameAs(await storedValidators(partial))
  if (bytes > 0 && same !== null) return { range: `bytes=${bytes}-`, 'if-range': same }
  await discard(partial)
  return known ? conditions(known) : {}
}

/** What an If-Range may ask for. A weak ETag may be that of other bytes with the same meaning. */
const sameAs = ({ etag, lastModified }: Validators): string | null =>
  etag !== null && !etag.startsWith('W/') ? etag : lastModified

function conditions({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  }
}

const validatorsOf = (response: Response): Validators => ({
  etag: response.header('etag'),
  lastModified: response.header('last-modified'),
})

/** Offset of the first byte that comes. Throws Transient where it does not fit what is here. */
async function startOf(response: Response, partial: Partial): Promise<number> {
  if (response.status === 200) return 0
  const bytes = await bytesOf(partial)
  const start = Number(
    /^bytes (\d+)-/.exec(response.header('content-range') ?? '')?.[1] ?? Number.NaN,
  )
  const stored = await storedValidators(partial)
  const now = validatorsOf(response)
  const same = now.etag === null || now.etag === stored.etag
  if (response.status === 206 && start === bytes && same) return start
  await response.body.dump()
  await discard(partial)
  throw new Transient(`status ${response.status} does not go on from byte ${bytes}`)
}

/** Length of the whole file, where the server says it. */
function totalOf(response: Response, start: number): number | null {
  const whole = /\/(\d+)$/.exec(response.header('content-range') ?? '')?.[1]
  if (whole !== undefined) return Number(whole)
  const length = response.header('content-length')
  return length === null ? null : start + Number(length)
}

const tooLarge = (name: string, limit: number) =>
  new CmsFeesError('E_TOO_LARGE', `${name} has more than ${limit} bytes`)

/** Writes what comes behind what is here, and takes the sha256 of both. */
async function receive(
  response: Response,
  partial: Partial,
  start: number,
  received: (bytes: number) => void,
): Promise<{ sha256: string; bytes: number }> {
  const digest = createHash('sha256')
  if (start > 0) for await (const chunk of createReadStream(partial.content)) digest.update(chunk)
  let bytes = start
  await using file = await open(partial.content, start > 0 ? 'a' : 'w')
  // Each chunk is on its way to the disk before the next is taken: what a cut leaves is then kept.
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    digest.update(chunk)
    bytes += chunk.length
    received(bytes)
    await file.appendFile(chunk)
  }
  await file.sync()
  return { sha256: digest.digest('hex'), bytes }
}

/** A page in place of the zip is refused; a zip without its end may be a cut that nobody announced. */
async function refuseOther(partial: Partial, name: string): Promise<void> {
  try {
    await refuseOtherContent(partial.content, name)
    await openZip(partial.content, name)
  } catch (error) {
    await discard(partial)
    const cut = error instanceof CmsFeesError && /^E_ZIP_TRUNCATED|^E_EMPTY/.test(error.code)
    throw cut ? new Transient(error.message, { cause: error }) : error
  }
}
