// Shows what is paid in the locality, and how often in the state, that was chosen, where no server answers. The lists say it
// without this file. `element` is that of search.js, which every page loads before.
const choice = document.querySelector('select[data-near]')
const answer = document.querySelector('.answer')

choice?.addEventListener('change', () => {
  const titles = choice.dataset.near.split(' · ')
  const [place, ...amounts] = choice.value.split(' · ')
  answer.replaceChildren(...(choice.value ? [heading(place), figures(titles, amounts)] : []))
})

const states = document.querySelector('select[data-most]')

states?.addEventListener('change', () => {
  const [state, ...rest] = states.value.split(' · ')
  const groups = rest
    .join(' · ')
    .split(' | ')
    .map((group) => group.split(' · '))
  for (const row of document.querySelectorAll('tr.of-state')) {
    const group = groups[row.dataset.group] ?? []
    const numbers = group.length > 1 ? group.slice(row.dataset.first) : []
    row.hidden = numbers.length === 0
    row.querySelector('th').textContent = state
    row.querySelectorAll('td:not(.bar)').forEach((cell, index) => {
      cell.textContent = numbers[index]
    })
    const share = Number(numbers[0]?.replace(/[$,]/g, '') ?? 0) / states.dataset.most
    row.querySelector('rect')?.setAttribute('width', `${(share * 100).toFixed(1)}%`)
  }
})

function heading(place) {
  const line = element('p', 'here')
  line.append(element('b', '', place))
  return line
}

function figures(titles, amounts) {
  const row = element('div', 'figures')
  row.append(
    ...amounts.map((amount, index) => {
      const figure = element('div', 'figure')
      figure.append(element('h3', '', titles[index]), element('p', 'amount', amount))
      return figure
    }),
  )
  return row
}
