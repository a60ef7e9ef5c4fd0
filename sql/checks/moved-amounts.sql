-- severity: warn
-- Amounts that became ten times what they were on the day before, or a tenth. CMS's own figures do that now and then (the
-- limit of J9052 fell from 18.401 to 0.051 dollars in April 2024, and rose again): a person should know, and no gate ask.
select format('%s: %s dollars before, %s now', key, before, now) as message
  from ops.changed_amounts()
 where times >= 10
 order by times desc, key
