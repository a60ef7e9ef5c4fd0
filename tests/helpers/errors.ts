import { CmsFeesError } from '../../src/errors.ts'

/** Code of the error that is thrown; undefined where none is. Other errors are thrown on. */
export function codeOf(work: () => unknown): string | undefined {
  try {
    work()
  } catch (error) {
    if (error instanceof CmsFeesError) return error.code
    throw error
  }
}

/** The same, for work that takes time. */
export async function codeOfAsync(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work()
  } catch (error) {
    if (error instanceof CmsFeesError) return error.code
    throw error
  }
}
