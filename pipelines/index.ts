import type { Pipeline } from '../src/pipeline.ts'
import { pfs } from './pfs.ts'

/** Every release family that can be ingested. */
export const pipelines: readonly Pipeline[] = [pfs]
