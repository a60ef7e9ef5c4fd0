import type { Pipeline } from '../src/pipeline.ts'
import type { ReleaseName } from '../src/release.ts'
import { hcpcs } from './hcpcs.ts'
import { pfs } from './pfs.ts'
import { zip } from './zip.ts'

/** Every release family that can be ingested. */
export const pipelines: readonly Pipeline[] = [pfs, zip, hcpcs]

/** The family that a release belongs to. */
export function pipelineOf({ name }: ReleaseName): Pipeline {
  const pipeline = pipelines.find(({ releases }) => releases.test(name))
  if (!pipeline) throw new Error(`no pipeline for ${name}`)
  return pipeline
}
