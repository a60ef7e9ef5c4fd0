/** Where pages are: on the server, or in a folder of static files that works from wherever it is put. */

export interface Site {
  /** The same pages as files; then nothing answers a query. */
  readonly static: boolean
  /** Address of a page, from the page that is being made. */
  page(...path: readonly string[]): string
  file(name: string): string
  /** Whether the site has a page of the code. */
  has(code: string): boolean
}

export const served: Site = {
  static: false,
  page: (...path) => `/${path.map(encodeURIComponent).join('/')}`,
  file: (name) => `/assets/${name}`,
  has: () => true,
}

/** Of a page that lies `depth` folders below the top. */
export function exported(depth: number, codes: ReadonlySet<string>): Site {
  const top = '../'.repeat(depth)
  return {
    static: true,
    // With its file name, so that the folder can be read without a server.
    page: (...path) => `${top}${[...path.map(encodeURIComponent), 'index.html'].join('/')}`,
    file: (name) => `${top}assets/${name}`,
    has: (code) => codes.has(code),
  }
}
