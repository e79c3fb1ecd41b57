create table project (
  id varchar(36) primary key,
  tenant varchar(50) not null,
  name varchar(200) not null,
  budget numeric(12, 2)
);

create index project_tenant on project (tenant);

create table contact (
  id varchar(36) primary key,
  tenant varchar(50) not null,
  name varchar(200) not null,
  email varchar(200) not null
);

create index contact_tenant on contact (tenant);

insert into project (id, tenant, name, budget) values
  ('1', 'acme', 'Apollo', 120000.00),
  ('2', 'acme', 'Gemini', 45000.00),
  ('3', 'acme', 'Mercury', null),
  ('4', 'globex', 'Hydra', 300000.00),
  ('5', 'globex', 'Kerberos', 8000.00),
  ('6', 'globex', 'Pandora', null);

insert into contact (id, tenant, name, email) values
  ('1', 'acme', 'Grace Hopper', 'grace@acme.example'),
  ('2', 'acme', 'Katherine Johnson', 'katherine@acme.example'),
  ('3', 'acme', 'Margaret Hamilton', 'margaret@acme.example'),
  ('4', 'globex', 'Radia Perlman', 'radia@globex.example'),
  ('5', 'globex', 'Barbara Liskov', 'barbara@globex.example');
