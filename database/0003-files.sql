-- Which bytes exist, by content address, and whose they are. The bytes lie on disk (server/files.ts).
create schema files;
grant usage on schema files to pantau_app;
create table files.file (
  sha256 text not null constraint file_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  organisation_id uuid not null references access.organisation (id), -- per organisation: a shared key would tell one that another has the same file
  size integer not null,
  mime text not null,
  stored_by uuid not null,
  stored_at timestamptz not null,
  primary key (sha256, organisation_id));
alter table files.file enable row level security; alter table files.file force row level security;
grant select, insert on files.file to pantau_app;
create policy office on files.file for all to pantau_app using ((select access.is_office()));
create policy own_organisation on files.file for all to pantau_app using (organisation_id = (select access.organisation()) and (select access.is_signed_in()));
