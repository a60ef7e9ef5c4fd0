/* Home, lists of codes, and the other pages. */
.codes,
.totals,
.shelves ul {
  padding: 0;
  list-style: none;
}

/* Lists of codes */

.codes a,
.codes div {
  display: grid;
  grid-template-columns: 4.25rem 1fr;
  padding: var(--space-2) var(--space-2);
  color: inherit;
  text-decoration: none;
}

.codes li {
  max-width: 52rem;
  border-bottom: 1px solid var(--line);
}

.moves .code,
.codes a .code,
.changes a .code {
  color: var(--accent);
}

.codes a:hover {
  background: var(--soft);
}

.codes small {
  display: block;
}

/* Families: a card for each category, in columns */

.shelves {
  columns: 19rem;
  column-gap: var(--space-4);
}

.shelves > div {
  margin-bottom: var(--space-4);
  padding: var(--space-4);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--surface);
  break-inside: avoid;
}

.shelves h3 {
  margin: 0 0 var(--space-1);
}

.shelves ul {
  margin: 0;
}

.shelves a {
  display: flex;
  justify-content: space-between;
  gap: var(--space-3);
  padding-block: var(--space-1);
  text-decoration: none;
}

.shelves a:hover {
  text-decoration: underline;
}

.shelves small {
  white-space: nowrap;
}

/* Home */

.hero {
  padding-block: var(--space-5);
}

.hero h1 {
  max-width: 24ch;
}

.hero [role="search"] {
  max-width: 40rem;
  margin-block: var(--space-4);
}

.hero input,
.hero button {
  min-height: 3.5rem;
  font-size: var(--text-large);
}

.examples {
  display: flex;
  flex-wrap: wrap;
  gap: var(--space-1) var(--space-3);
  color: var(--quiet);
  font-size: var(--text-small);
}

.news {
  margin-bottom: var(--space-6);
  padding: var(--space-5);
  border: 1px solid var(--line);
  border-radius: var(--radius);
  background: var(--surface);
}

.moves {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
  gap: var(--space-4) var(--space-6);
}

.moves small {
  display: block;
}

.moves th {
  width: 100%;
}

.moves a {
  color: inherit;
  text-decoration: none;
}

.moves a:hover {
  text-decoration: underline;
}

.totals {
  display: flex;
  flex-wrap: wrap;
  gap: var(--space-2) var(--space-5);
}

.pages {
  display: flex;
  gap: var(--space-5);
}
