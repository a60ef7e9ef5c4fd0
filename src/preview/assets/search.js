// Shows results while one types. The form works without this file.
const form = document.querySelector('form[role=search]')
const input = form.querySelector('input')
const found = form.querySelector('#found')
const results = document.querySelector('#results')
const content = document.querySelector('#content')
const { source, codes, note } = form.dataset
const MOST = 50
// The server corrects spelling, the index of files does not.
const AS_WRITTEN =
  'Words are found here only as they are spelled in the list: try another spelling, or fewer words.'
let index
let latest = 0

input.addEventListener('input', () => {
  const turn = ++latest
  setTimeout(() => turn === latest && search(turn), 120)
})

// Nothing answers the form where the pages are files: a submitted query is in the address.
if (isStatic()) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    search(++latest)
  })
  const query = new URLSearchParams(location.search).get('q')
  if (query) {
    input.value = query
    search(++latest)
  }
}

function isStatic() {
  return source.endsWith('.json')
}

async function search(turn) {
  const query = input.value.trim()
  try {
    const list = query === '' ? null : await (isStatic() ? searchIndex(query) : ask(query))
    // An answer that comes late must not replace that to a later question.
    if (turn === latest) show(list)
  } catch {
    if (turn === latest) found.textContent = 'Search while typing does not work here.'
  }
}

async function ask(query) {
  const answer = await fetch(`${source}?q=${encodeURIComponent(query)}`)
  if (!answer.ok) throw new Error(answer.statusText)
  return new DOMParser().parseFromString(await answer.text(), 'text/html').body.childNodes
}

async function searchIndex(query) {
  index ??= (await (await fetch(source)).json()).map(([code, name, words, ...price]) => ({
    code,
    name: name ?? '',
    price,
    text: `${code} ${name ?? ''} ${words}`.toLowerCase(),
  }))
  const words = query.toLowerCase().split(/\s+/)
  const begins = (entry) => entry.code.toLowerCase().startsWith(words[0])
  const hits = index.filter(({ text }) => words.every((word) => text.includes(word)))
  hits.sort((a, b) => begins(b) - begins(a))
  const title = `${hits.length || 'No'} ${hits.length > 1 ? 'codes' : 'code'} for “${query}”`
  const list = element('ul', 'codes', ...hits.slice(0, MOST).map(item))
  const results = [element('p', 'quiet', note), list]
  return [
    element('h1', '', title),
    ...(hits.length > 0 ? results : [element('p', 'quiet', AS_WRITTEN)]),
  ]
}

/** As the server writes it. */
function item({ code, name, price: [amount, beside] }) {
  const link = element('a', '', element('b', 'code', code), ' ', element('span', 'words', name))
  link.href = codes.replace('CODE', code)
  if (amount) link.append(' ', element('span', 'price', amount, ...small(beside)))
  return element('li', '', link)
}

const small = (text) => (text ? [element('small', '', text)] : [])

function element(name, className, ...content) {
  const made = document.createElement(name)
  if (className) made.className = className
  made.append(...content)
  return made
}

function show(list) {
  results.replaceChildren(...(list ?? []))
  results.hidden = list === null
  content.hidden = list !== null
  found.textContent = results.querySelector('h1')?.textContent ?? ''
}
