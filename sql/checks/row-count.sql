-- severity: gate
-- A file of about as many rows as the one before: a seventh less or a fifth more is a cut or a doubled file, or a
-- reform. Of the releases from 2024 to 2026 OPPSCAP changed most, by a tenth less (17,710 to 16,100 rows in 2025).
select f.dataset, p.release as predecessor, b.rows_accepted as rows_before, f.rows_accepted as rows_now
  from ops.predecessor() p
  join ops.release_file b on (b.release, b.sha256, b.dataset) = (p.release, p.sha256, p.dataset)
  join ops.release_file f
    on (f.release, f.sha256, f.dataset) = (current_setting('cms_fees.release'), current_setting('cms_fees.sha256'), p.dataset)
 where b.rows_accepted >= 50
   and f.rows_accepted not between 0.85 * b.rows_accepted and 1.2 * b.rows_accepted
