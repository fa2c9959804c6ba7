-- Norms with their source and dates in force, instruments and their versions, holidays.
create schema standards;
grant usage on schema standards to pantau_app;
create table standards.rule_set (
  code text primary key, title_id text not null, title_en text not null, source text not null, in_force_from date not null, in_force_to date,
  constraint rule_set_dates check (in_force_to is null or in_force_to >= in_force_from));
create table standards.norm (
  id uuid primary key, code text not null, rule_set text not null references standards.rule_set (code), mode text not null,
  title_id text not null, title_en text not null, value double precision, unit text not null,
  -- known: from a published source; unknown: not published, never guessed; configured: set by the programme office
  status text not null constraint norm_status check (status in ('known', 'unknown', 'configured')),
  source text not null, severity text not null,
  reply_n integer, reply_unit text, correction_n integer, correction_unit text,
  updated_at timestamptz not null default now(),
  constraint norm_once unique (code, rule_set, mode),
  constraint norm_unknown_has_no_value check (status <> 'unknown' or value is null));
create table standards.instrument (code text primary key, mode text not null, title_id text not null, title_en text not null);
create table standards.instrument_version (
  id uuid primary key, instrument text not null references standards.instrument (code), form_id text not null, version text not null, title text not null,
  workbook_sha256 text not null, xform text not null, xform_md5 text not null, languages jsonb not null,
  in_force_from date not null, in_force_to date, status text not null constraint instrument_version_status check (status in ('published', 'withdrawn')),
  published_at timestamptz not null, published_by uuid,
  constraint instrument_version_once unique (form_id, version));
create table standards.item (
  version_id uuid not null references standards.instrument_version (id), code text not null, position integer not null, tag text not null,
  norm text, criterion text, severity_rule text, layers text[] not null, label_id text not null, label_en text not null, names text[] not null,
  definition jsonb not null, primary key (version_id, code));
create table standards.holiday (
  day date primary key, name_id text not null, name_en text not null, kind text not null, certainty text not null, source text not null);

do $$ declare t text; begin
  foreach t in array array['rule_set', 'norm', 'instrument', 'instrument_version', 'item', 'holiday'] loop
    execute format('alter table standards.%I enable row level security', t);
    execute format('alter table standards.%I force row level security', t);
    execute format('create policy office on standards.%I for all to pantau_app using ((select access.is_office()))', t);
    execute format('create policy everybody on standards.%I for select to pantau_app using ((select access.scope()) <> '''')', t);
  end loop;
end $$;
grant select, insert, update on all tables in schema standards to pantau_app;
grant delete on standards.holiday to pantau_app;
