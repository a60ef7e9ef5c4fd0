-- Gates: checks whose breach a person may accept by name, where CMS really did what no release did before.

alter table ops.check_result drop constraint check_result_severity_check;
alter table ops.check_result add check (severity in ('refuse', 'gate', 'warn'));
comment on table ops.check_result is
  'Checks of a run (sql/checks). Grain: run and check. severity gate: refuses unless a person accepts it (ops.accepted_gate); sample: up to ten of the rows that break it.';

create table ops.accepted_gate (
  run_id bigint not null references ops.run,
  gate text not null,
  accepted_by text not null,
  because text not null check (because <> ''),
  accepted_at timestamptz not null default now(),
  primary key (run_id, gate)
);
comment on table ops.accepted_gate is
  'Gates that a release broke and a person accepted. Grain: run and gate.';

create function ops.predecessor()
returns table (table_name text, dataset text, release text, sha256 text, last_day date, same_year boolean)
language sql stable as $$
  select f.table_name, f.dataset, g.release, g.sha256, r.effective_from - 1,
         extract(year from g.effective_from) = extract(year from r.effective_from)
    from ops.release r
    join ops.release_file f using (release, sha256)
    join ops.governed_period g on g.table_name = f.table_name and g.period @> r.effective_from - 1
   where (r.release, r.sha256) = (current_setting('cms_fees.release'), current_setting('cms_fees.sha256'))
     and g.effective_from > r.effective_from - 400
$$;
comment on function ops.predecessor() is
  'For each table of the posting that is being loaded, the posting in force on the day before it. None where that one is more than 400 days older: too much may have changed to compare.';
