// Shows the payment of the locality that was chosen, where no server answers. The list says it without this file.
const choice = document.querySelector('select[data-near]')
const answer = document.querySelector('.answer')

choice?.addEventListener('change', () => {
  const titles = choice.dataset.near.split(' · ')
  const [place, ...amounts] = choice.value.split(' · ')
  answer.replaceChildren(...(choice.value ? [heading(place), figures(titles, amounts)] : []))
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

function element(name, className, text = '') {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}
