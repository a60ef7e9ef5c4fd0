-- Since 2016 a surgical center is not paid for the device of a procedure that ends before anesthesia.

alter table claim.asc_modifier add column removes_device boolean not null default false;

update claim.asc_modifier set valid_during = '[2008-01-01,2016-01-01)' where modifier = '73';
insert into claim.asc_modifier values
  ('73', 'share', 0.50, '[2016-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 14, sections 40.4 and 40.10; CR 9297',
   'Discontinued before anesthesia: half, and of a device-intensive procedure half of what is left without its device.', true);
