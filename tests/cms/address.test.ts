import { describe, expect, test } from 'vitest'
import { canonical, fileKey, fileNameOf, follow } from '../../src/cms/address.ts'
import { isAllowed } from '../../src/cms/client.ts'
import { CMS_ORIGIN, PATIENCE } from '../../src/cms/settings.ts'

const cms = { baseUrl: CMS_ORIGIN, hosts: ['mirror.example'], licenses: [], patience: PATIENCE }
const local = { ...cms, baseUrl: 'http://127.0.0.1:8080' }
const PAGE = 'https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files'

describe('links as CMS publishes them', () => {
  test.each([
    ['/files/zip/rvu25a-updated-01/10/2025.zip', '/files/zip/rvu25a-updated-01/10/2025.zip'],
    [' https://www.cms.gov/files/zip/rvu22a.zip\n', '/files/zip/rvu22a.zip'],
    ['//www.cms.gov/files/zip/rvu22a.zip', '/files/zip/rvu22a.zip'],
    ['http://cms.gov/files/zip/rvu22a.zip', '/files/zip/rvu22a.zip'],
    [
      'pfs-relative-value-files/rvu25d-0',
      '/medicare/payment/fee-schedules/physician/pfs-relative-value-files/rvu25d-0',
    ],
    ['../rvu.zip', '/medicare/payment/fee-schedules/rvu.zip'],
    [
      '/medicaremedicare-fee-service-paymentphysicianfeeschedpfs-relative-value-files/rvu21a',
      '/medicaremedicare-fee-service-paymentphysicianfeeschedpfs-relative-value-files/rvu21a',
    ],
    [
      '/license/ama?file=/files/zip/rvu25a-updated-01/10/2025.zip',
      '/files/zip/rvu25a-updated-01/10/2025.zip',
    ],
    ['/license/ama?file=https%3A//www.cms.gov/files/zip/rvu22a.zip', '/files/zip/rvu22a.zip'],
    [' /apps/ama/license.asp?file=/files/zip/rvu22a.zip', '/files/zip/rvu22a.zip'],
    [
      'https://www.cms.gov/apps/ama/license.asp?file=http://www.cms.gov/x/downloads/RVU13A.zip',
      '/x/downloads/RVU13A.zip',
    ],
    ['/Medicare/Downloads/RVU13A.ZIP?v=2', '/Medicare/Downloads/RVU13A.ZIP?v=2'],
  ])('%s', (href, path) => {
    expect(follow(href, PAGE, cms)).toBe(`https://www.cms.gov${path}`)
    expect(follow(href, PAGE, local)).toBe(`http://127.0.0.1:8080${path}`)
  })

  test.each([
    '',
    '#main',
    'mailto:pfs@cms.hhs.gov',
    'javascript:void(0)',
    'http://',
    'ftp://www.cms.gov/x.zip',
  ])('%j leads nowhere', (href) => expect(follow(href, PAGE, cms)).toBeNull())

  test('a link to another site stays one, for the host list to judge', () => {
    expect(follow('https://example.com/x.zip', PAGE, local)).toBe('https://example.com/x.zip')
  })
})

test.each([
  ['https://www.cms.gov/files/zip/rvu25a-updated-01/10/2025.zip', 'rvu25a-updated-01_10_2025.zip'],
  ['https://www.cms.gov/medicare/physicianfeesched/downloads/rvu12b-.zip', 'rvu12b-.zip'],
  ['http://127.0.0.1:8080/files/zip/RVU26A%20final.zip', 'RVU26A final.zip'],
])('the file of %s is named %s', (url, name) => expect(fileNameOf(url)).toBe(name))

test('a name on the site and that of the saved file have one key', () => {
  expect(fileKey('rvu25a-updated-01/10/2025.zip')).toBe(fileKey('RVU25A-updated-01_10_2025.zip'))
})

test('a file has one address, wherever it was fetched from', () => {
  const url = 'https://www.cms.gov/files/zip/rvu22a.zip'
  expect(canonical('http://127.0.0.1:8080/files/zip/rvu22a.zip', local)).toBe(url)
  expect(canonical(url, local)).toBe(url)
})

test.each([
  ['https://www.cms.gov/x', true],
  ['https://cms.gov/x', true],
  ['https://downloads.cms.gov/x', true],
  ['https://mirror.example/x', true],
  ['http://127.0.0.1:8080/x', true],
  ['http://127.0.0.1:8081/x', false],
  ['http://www.cms.gov/x', false],
  ['https://www.cms.gov:8443/x', false],
  ['https://notcms.gov/x', false],
  ['https://cms.gov.example/x', false],
  ['https://mirror.example:8443/x', false],
])('%s is allowed: %s', (url, allowed) => expect(isAllowed(new URL(url), local)).toBe(allowed))
