create schema api;
comment on schema api is
  'The contract: views and functions for readers. They change only with a note in the changelog. Periods: valid_from is the first day, valid_to the last day, null while it is open.';
