/** What files of families say together: whose code is whose. A code belongs to one family, never to two. */
import type { Category, Families, Family } from '../../schemas/editorial.ts'
import type { EditorialProblem, Item } from './read.ts'

/** Codes of one shape, both ends included: a number with the same letters around it. */
export interface CodeRange {
  /** The first code with each digit as 0, such as G0000 or 0000T: ranges of two shapes share no code. */
  readonly shape: string
  readonly first_code: string
  readonly last_code: string
}

interface FamilyRange extends CodeRange {
  readonly family: Family
  readonly category: string
  readonly problem: (message: string) => EditorialProblem
}

const shapeOf = (code: string): string => code.replace(/\d/g, '0')
const numberOf = (code: string): number => Number(code.replace(/\D/g, ''))

/** The ranges of a text such as `99202-99215, 99421`; a single code is a range of one. */
export function codeRanges(codes: string): CodeRange[] {
  return codes.split(', ').map((range) => {
    const [first_code = '', last_code = first_code] = range.split('-')
    return { shape: shapeOf(first_code), first_code, last_code }
  })
}

/** Families that stand twice, outside of their category, or on codes that another one has. */
export function misplacedFamilies(
  categories: readonly Item<Category>[],
  families: readonly Item<Families>[],
): EditorialProblem[] {
  const known = new Map(categories.map(({ content }) => [content.category, content]))
  return [
    ...sameNames(families),
    ...rangesOf(families).flatMap((range) => outside(range, known.get(range.category))),
    ...overlaps(rangesOf(families)),
  ]
}

/** Codes of a category that no family has: a new code there would be explained by nothing. */
export function codesWithoutFamily(
  categories: readonly Item<Category>[],
  families: readonly Item<Families>[],
): EditorialProblem[] {
  const ranges = rangesOf(families)
  return categories.flatMap((item) => {
    const { first_code, last_code } = item.content
    let next = numberOf(first_code)
    const gaps: [number, number][] = []
    for (const range of ranges) {
      if (range.shape !== shapeOf(first_code) || numberOf(range.last_code) < next) continue
      const first = Math.min(numberOf(range.first_code), numberOf(last_code) + 1)
      if (first > next) gaps.push([next, first - 1])
      next = Math.max(next, numberOf(range.last_code) + 1)
    }
    if (next <= numberOf(last_code)) gaps.push([next, numberOf(last_code)])
    const code = (number: number) => codeOf(shapeOf(first_code), number)
    return gaps.map(([from, to]) => ({
      file: item.file,
      ...item.at(['first_code']),
      message: `no family has ${from === to ? code(from) : `the codes ${code(from)} to ${code(to)}`}`,
    }))
  })
}

/** The code of a shape and number: G0000 and 101 give G0101. */
function codeOf(shape: string, number: number): string {
  const digits = String(number).padStart(shape.replace(/\D/g, '').length, '0')
  return shape.replace(/0+/, digits)
}

/** In the order of their codes. */
function rangesOf(families: readonly Item<Families>[]): FamilyRange[] {
  return families
    .flatMap((item) =>
      item.content.families.flatMap((family, index) => {
        const place = item.at(['families', index, 'codes'])
        const problem = (message: string) => ({ file: item.file, ...place, message })
        const { category } = item.content
        return codeRanges(family.codes).map((range) => ({ ...range, family, category, problem }))
      }),
    )
    .sort((a, b) => (`${a.shape} ${a.first_code}` < `${b.shape} ${b.first_code}` ? -1 : 1))
}

function* sameNames(families: readonly Item<Families>[]): Generator<EditorialProblem> {
  const owners = new Map<string, string>()
  for (const item of families) {
    for (const [index, { family }] of item.content.families.entries()) {
      const owner = owners.get(family)
      if (owner !== undefined) {
        const message = `${owner} has a family "${family}" already`
        yield { file: item.file, ...item.at(['families', index, 'family']), message }
      }
      owners.set(family, item.file)
    }
  }
}

function outside(range: FamilyRange, category: Category | undefined): EditorialProblem[] {
  const { shape, first_code, last_code, problem } = range
  if (category === undefined) return [problem(`there is no category ${range.category}`)]
  if (shapeOf(last_code) !== shape || last_code < first_code) {
    return [problem(`${first_code}-${last_code} is no range of codes`)]
  }
  const within =
    shapeOf(category.first_code) === shape &&
    category.first_code <= first_code &&
    last_code <= category.last_code
  if (within) return []
  const { first_code: first, last_code: last } = category
  return [problem(`${first_code} to ${last_code} is not within ${first} to ${last}`)]
}

function overlaps(ranges: readonly FamilyRange[]): EditorialProblem[] {
  return ranges.flatMap((range, index) => {
    const before = ranges[index - 1]
    if (before?.shape !== range.shape || before.last_code < range.first_code) return []
    return [range.problem(`${range.first_code} belongs to the family ${before.family.family}`)]
  })
}
