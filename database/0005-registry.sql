-- The ecosystem: regions, who is at home where, providers, trainings, class runs and their sessions.
create schema registry;
grant usage on schema registry to pantau_app;
create table registry.province (code text primary key, name text not null, region_group text not null, zone text not null constraint province_zone check (zone in ('WIB', 'WITA', 'WIT')));
create table registry.regency (
  code text primary key, province_code text not null references registry.province (code), name text not null,
  tile_x integer, tile_y integer);
create table registry.home_region (
  organisation_id uuid primary key references access.organisation (id), regency_code text not null references registry.regency (code));
create table registry.service_area (
  organisation_id uuid not null references access.organisation (id), province_code text not null references registry.province (code),
  origin text not null, primary key (organisation_id, province_code));
create table registry.affiliation (
  id uuid primary key, organisation_id uuid not null references access.organisation (id), affiliate_id uuid not null references access.organisation (id),
  kind text not null, source text not null, since date, until date,
  constraint affiliation_two check (organisation_id <> affiliate_id), constraint affiliation_once unique (organisation_id, affiliate_id, kind));
-- Both directions of every affiliation in force, and itself; read by the guard on assignments, so it must see every row.
create function registry.are_affiliated(a uuid, b uuid) returns boolean language sql stable security definer set search_path = '' set app.scope = 'system' as $$
  select a = b or exists (select from registry.affiliation f
    where (f.until is null or f.until >= current_date) and ((f.organisation_id = a and f.affiliate_id = b) or (f.organisation_id = b and f.affiliate_id = a))) $$;

create table registry.provider (
  organisation_id uuid primary key references access.organisation (id), provider_type text not null default 'private', listed_on date);
create table registry.training (
  id uuid primary key, course_code text not null constraint training_course_code_unique unique, title text not null,
  provider_id uuid not null references access.organisation (id), category text, mode text not null constraint training_mode check (mode in ('webinar', 'onsite', 'selfPaced')),
  price integer, planned_minutes integer, origin text not null default 'entered');
create index on registry.training (provider_id);
create table registry.class_run (
  id uuid primary key,
  schedule_code text not null constraint class_run_schedule_code_unique unique,
  training_id uuid not null references registry.training (id),
  provider_id uuid not null references access.organisation (id),
  platform_id uuid references access.organisation (id),
  mode text not null constraint class_run_mode check (mode in ('webinar', 'onsite', 'selfPaced')),
  regency_code text not null references registry.regency (code),
  starts_on date not null, ends_on date not null,
  planned_participants integer not null constraint class_run_participants check (planned_participants between 0 and 100000),
  quota integer, price integer, venue text, address text, latitude double precision, longitude double precision,
  meeting_url text, contact_name text, contact_phone text, trainer_name text,
  status text not null default 'scheduled' constraint class_run_status check (status in ('scheduled', 'cancelled')),
  origin text not null default 'entered',
  row_digest text not null,
  updated_at timestamptz not null default now(),
  constraint class_run_dates check (ends_on >= starts_on));
create index on registry.class_run (starts_on, mode);
create index on registry.class_run (provider_id);
create index on registry.class_run (platform_id);
create index on registry.class_run (regency_code);
create table registry.session (
  id uuid primary key, class_run_id uuid not null references registry.class_run (id) on delete cascade, sequence integer not null,
  begins_at timestamptz not null, ends_at timestamptz not null,
  constraint session_once unique (class_run_id, sequence), constraint session_times check (ends_at > begins_at));

-- An import passes: received → staging (chunks of lines) → checked (every row judged) → merged in one transaction, or refused.
create table registry.import_batch (
  id uuid primary key, kind text not null constraint import_kind check (kind in ('class_runs', 'sessions')), file_name text not null, sha256 text not null,
  organisation_id uuid not null, started_by uuid not null, created_at timestamptz not null,
  status text not null constraint import_status check (status in ('staging', 'checking', 'checked', 'merging', 'merged', 'refused', 'abandoned')),
  take_good_rows boolean not null default false,
  rows_total integer, rows_staged integer not null default 0, rows_good integer not null default 0, rows_bad integer not null default 0,
  rows_new integer, rows_changed integer, rows_same integer, finished_at timestamptz, error text, header jsonb);
create table registry.import_row (
  batch_id uuid not null references registry.import_batch (id) on delete cascade, line integer not null, key text, row jsonb, digest text, errors jsonb,
  primary key (batch_id, line));

do $$ declare t text; begin
  foreach t in array array['province', 'regency', 'home_region', 'service_area', 'affiliation', 'provider', 'training', 'class_run', 'session', 'import_batch', 'import_row'] loop
    execute format('alter table registry.%I enable row level security', t);
    execute format('alter table registry.%I force row level security', t);
    execute format('create policy office on registry.%I for all to pantau_app using ((select access.is_office()))', t);
  end loop;
  foreach t in array array['province', 'regency'] loop
    execute format('create policy everybody on registry.%I for select to pantau_app using ((select access.scope()) <> '''')', t);
  end loop;
  foreach t in array array['home_region', 'service_area', 'provider', 'training'] loop
    execute format('create policy signed_in on registry.%I for select to pantau_app using ((select access.is_signed_in()))', t);
  end loop;
end $$;
grant select, insert, update, delete on all tables in schema registry to pantau_app;
create policy own on registry.affiliation for select to pantau_app
  using (organisation_id = (select access.organisation()) or affiliate_id = (select access.organisation()));
create policy provider_own on registry.class_run for select to pantau_app using ((select access.scope()) = 'provider' and provider_id = (select access.organisation()));
create policy platform_own on registry.class_run for select to pantau_app using ((select access.scope()) = 'platform' and platform_id = (select access.organisation()));
create policy with_class_run on registry.session for select to pantau_app
  using (not (select access.is_office()) and exists (select from registry.class_run c where c.id = session.class_run_id));
