-- Rounds, the frozen frame, the draw. What was drawn with which probability stays for ever.
create schema sampling;
grant usage on schema sampling to pantau_app;
create table sampling.round (
  id uuid primary key, code text not null constraint round_code_unique unique, title text not null,
  period_from date not null, period_to date not null, filter jsonb not null default '{}', design jsonb not null default '{}',
  status text not null constraint round_status check (status in ('planned', 'frozen', 'drawn', 'sent', 'closed')),
  seed text, frame_digest text, frame_size integer, created_by uuid not null, created_at timestamptz not null,
  frozen_at timestamptz, drawn_at timestamptz, sent_at timestamptz, closed_at timestamptz,
  constraint round_period check (period_to >= period_from));
create table sampling.frame_row (
  round_id uuid not null references sampling.round (id), class_run_id uuid not null references registry.class_run (id),
  stratum text not null, size double precision not null, row jsonb not null, primary key (round_id, class_run_id));
create table sampling.stratum (
  round_id uuid not null references sampling.round (id), code text not null, mode text not null, region_group text not null, risk_class text not null,
  population integer not null, sample integer not null, primary key (round_id, code));
create table sampling.drawn (
  id uuid primary key, round_id uuid not null references sampling.round (id), class_run_id uuid not null references registry.class_run (id),
  purpose text not null constraint drawn_purpose check (purpose in ('random', 'targeted')),
  stratum text, inclusion_probability double precision, random_number double precision, rank integer, certainty boolean not null default false,
  session_id uuid references registry.session (id), session_random double precision,
  reason text, drawn_at timestamptz not null, drawn_by uuid not null,
  constraint drawn_once unique (round_id, class_run_id),
  constraint drawn_random_has_probability check (purpose <> 'random' or (inclusion_probability > 0 and inclusion_probability <= 1 and stratum is not null)),
  constraint drawn_targeted_has_reason check (purpose <> 'targeted' or (reason is not null and inclusion_probability is null)));
create function sampling.keep() returns trigger language plpgsql as $$
begin raise exception 'a draw is kept as it was drawn' using errcode = 'P0001', constraint = 'drawn_kept'; end $$;
create trigger kept before update or delete on sampling.drawn for each row execute function sampling.keep();
create trigger kept before update or delete on sampling.frame_row for each row execute function sampling.keep();

do $$ declare t text; begin
  foreach t in array array['round', 'frame_row', 'stratum', 'drawn'] loop
    execute format('alter table sampling.%I enable row level security', t);
    execute format('alter table sampling.%I force row level security', t);
    execute format('create policy office on sampling.%I for all to pantau_app using ((select access.is_office()))', t);
    execute format('create policy coordinator on sampling.%I for select to pantau_app using ((select access.scope()) = ''coordinator'')', t);
  end loop;
end $$;
grant select, insert, update on all tables in schema sampling to pantau_app;
grant delete on sampling.stratum to pantau_app;
