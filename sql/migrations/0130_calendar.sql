-- The days of each table: which loaded release governs them, and which release governs them at CMS and is not loaded.
-- A table, not a view: every price asks it.

create table ops.calendar (
  table_name text not null,
  period daterange not null,
  release text not null,
  governs_from date not null,
  missing_release text,
  is_known boolean not null,
  primary key (table_name, period)
);
comment on table ops.calendar is
  'Days of each table of the physician fee schedule, from its first loaded release on. Grain: table and period. release: the loaded release that governs, from governs_from on; is_known: whether it does so at CMS too; missing_release: the one that does instead, null where the catalog ends and the quarter names it.';

create function ops.refresh_calendar() returns void
language sql as $$
  delete from ops.calendar;
  insert into ops.calendar (table_name, period, release, governs_from, missing_release, is_known)
  with loaded as (
    select release, effective_from from ops.release where family = 'pfs' and retracted_at is null
  ), known as (
    -- Of several releases of one day the catalog's first name stands for them.
    select effective_from, min(release) as release from ops.catalogue group by effective_from
  ), last as (
    select date_trunc('quarter', max(effective_from)) + interval '3 months' as ends
      from (select effective_from from loaded union all select effective_from from known) day
  ), bound as (
    select table_name, effective_from as day from ops.governed_period
     union
    select g.table_name, k.effective_from
      from (select table_name, min(effective_from) as first from ops.governed_period group by table_name) g
      join known k on k.effective_from > g.first
     union
    select distinct g.table_name, l.ends::date from ops.governed_period g cross join last l
  ), spans as (
    select table_name, daterange(day, lead(day) over (partition by table_name order by day)) as period from bound
  )
  select s.table_name, s.period, g.release, g.effective_from,
         case when not k.is_loaded then k.release end,
         coalesce(k.is_loaded, g.effective_from = lower(s.period), false)
    from spans s
    join ops.governed_period g on g.table_name = s.table_name and g.period @> lower(s.period)
    join ops.release r on (r.release, r.sha256) = (g.release, g.sha256) and r.family = 'pfs'
    left join lateral (
      select k.release, exists (select from loaded l where l.effective_from = k.effective_from) as is_loaded
        from known k where k.effective_from = lower(s.period)
    ) k on true
$$;
comment on function ops.refresh_calendar() is
  'Makes ops.calendar anew, after what is loaded or known has changed.';

insert into pfs.payment_rule (rule, value, valid_during, document, note) values
  ('calculation_flag_2', 1.05, '[2008-07-01,)',
   'Medicare Improvements for Patients and Providers Act of 2008, section 138; RVUPUF09 and RVUPUF11, Calculation Flag',
   'Where the relative value file has calculation flag 2 (psychotherapy), the fee schedule amount is multiplied by this factor.'),
  ('calculation_flag_3', 0.98, '[2010-01-01,)',
   'RVUPUF11 to RVUPUF14, Calculation Flag: 98940, 98941 and 98942',
   'Where the relative value file has calculation flag 3 (chiropractic manipulation), the fee schedule amount is multiplied by this factor.');
update pfs.payment_rule
   set note = 'Most that a physician who neither participates nor accepts assignment may charge, as a share of the non-participating amount, which is rounded to the cent before.'
 where rule = 'limiting_charge_share';
