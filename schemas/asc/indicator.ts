/** Addenda DD1 and DD2, what the payment indicators and the comment indicators of the ASC addenda mean. */
import { code, sentences, text } from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'
import { FIRST, named, seen, titleDate } from './columns.ts'

export const paymentIndicatorTable = defineTable({
  schema: 'asc_addenda',
  name: 'asc_payment_indicator',
  summary: 'Payment indicators of the ASC addenda and what they mean (addendum DD1).',
  grain: 'payment indicator',
  columns: {
    payment_indicator: column(text, 'Payment indicator, a letter and a digit.'),
    meaning: column(sentences, "What it means, in CMS's words."),
  },
  key: ['payment_indicator'],
})

export const paymentIndicators = defineFile({
  name: 'asc_payment_indicator',
  title: 'ASC payment indicators (addendum DD1)',
  table: paymentIndicatorTable,
  codes: null,
  ...named('DD1'),
  titleDate,
  csv: [
    {
      since: FIRST,
      headerRows: 1,
      labels: { payment_indicator: 'INDICATOR', meaning: 'PAYMENT INDICATOR DEFINITION' },
    },
  ],
  txt: [],
  seen,
})

export const commentIndicatorTable = defineTable({
  schema: 'asc_addenda',
  name: 'asc_comment_indicator',
  summary:
    'Comment indicators, which mark codes that are new or changed in the addenda of a rule, and what they mean (addendum DD2).',
  grain: 'comment indicator',
  columns: {
    comment_indicator: column(code('CH', 'NI', 'NP', 'NC'), 'Comment indicator, two letters.'),
    meaning: column(sentences, "What it means, in CMS's words."),
  },
  key: ['comment_indicator'],
})

export const commentIndicators = defineFile({
  name: 'asc_comment_indicator',
  title: 'ASC comment indicators (addendum DD2)',
  table: commentIndicatorTable,
  codes: null,
  ...named('DD2'),
  titleDate,
  csv: [
    {
      since: FIRST,
      headerRows: 1,
      labels: { comment_indicator: 'CI', meaning: 'COMMENT INDICATOR MEANINGS' },
    },
  ],
  txt: [],
  seen,
})
