-- Which organisation, and in it which person, watches which drawn class run.
create schema assignments;
grant usage on schema assignments to pantau_app;
create table assignments.capacity (
  round_id uuid not null references sampling.round (id), organisation_id uuid not null references access.organisation (id),
  visits integer not null constraint capacity_visits check (visits >= 0), primary key (round_id, organisation_id));
create table assignments.assignment (
  id uuid primary key, round_id uuid not null references sampling.round (id), drawn_id uuid not null references sampling.drawn (id),
  class_run_id uuid not null references registry.class_run (id), session_id uuid references registry.session (id),
  organisation_id uuid not null references access.organisation (id), person_id uuid references access.person (id),
  status text not null constraint assignment_status check (status in ('offered', 'assigned', 'submitted', 'returned', 'done', 'cancelled', 'replaced')),
  due_on date not null, reason text, offered_at timestamptz not null, assigned_at timestamptz, ended_at timestamptz, updated_at timestamptz not null);
create unique index assignment_one_active on assignments.assignment (drawn_id) where status not in ('cancelled', 'replaced');
create index on assignments.assignment (class_run_id);
create index on assignments.assignment (organisation_id, status);
create index on assignments.assignment (person_id, status);
create table assignments.event (
  id uuid primary key, assignment_id uuid not null references assignments.assignment (id), at timestamptz not null, act text not null,
  by_person uuid, to_person uuid, detail jsonb not null default '{}');
create index on assignments.event (assignment_id);

-- An expert organisation never watches itself or an affiliated provider (KPK 2020: 5 of 8 platforms, 250 of 1,895 trainings in conflict of interest).
create function assignments.refuse_affiliated() returns trigger language plpgsql security definer set search_path = '' set app.scope = 'system' as $$
begin
  if new.status not in ('cancelled', 'replaced') and exists (
    select from registry.class_run c where c.id = new.class_run_id and registry.are_affiliated(new.organisation_id, c.provider_id)) then
    raise exception 'an organisation may not watch an affiliated provider' using errcode = '23514', constraint = 'assignment_not_affiliated', schema = 'assignments', table = 'assignment';
  end if;
  return new;
end $$;
create trigger not_affiliated before insert or update on assignments.assignment for each row execute function assignments.refuse_affiliated();

do $$ declare t text; begin
  foreach t in array array['capacity', 'assignment', 'event'] loop
    execute format('alter table assignments.%I enable row level security', t);
    execute format('alter table assignments.%I force row level security', t);
    execute format('create policy office on assignments.%I for all to pantau_app using ((select access.is_office()))', t);
  end loop;
end $$;
grant select, insert, update on all tables in schema assignments to pantau_app;
create policy coordinator on assignments.capacity for select to pantau_app using ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));
create policy coordinator on assignments.assignment for select to pantau_app using ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));
create policy coordinator_assigns on assignments.assignment for update to pantau_app using ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));
create policy coordinator_replaces on assignments.assignment for insert to pantau_app with check ((select access.scope()) = 'coordinator' and organisation_id = (select access.organisation()));
create policy monitor on assignments.assignment for select to pantau_app using ((select access.scope()) = 'monitor' and person_id = (select access.person()));
create policy monitor_submits on assignments.assignment for update to pantau_app using ((select access.scope()) = 'monitor' and person_id = (select access.person()));
create policy with_assignment on assignments.event for select to pantau_app
  using ((select access.scope()) in ('coordinator', 'monitor') and exists (select from assignments.assignment a where a.id = event.assignment_id));
create policy record on assignments.event for insert to pantau_app
  with check ((select access.scope()) in ('coordinator', 'monitor') and exists (select from assignments.assignment a where a.id = event.assignment_id));

-- What an assignment makes visible in the rooms above: the class run, the drawn row and the round.
create policy expert_assigned on registry.class_run for select to pantau_app
  using ((select access.scope()) in ('coordinator', 'monitor') and exists (select from assignments.assignment a where a.class_run_id = class_run.id));
create policy monitor_assigned on sampling.round for select to pantau_app
  using ((select access.scope()) = 'monitor' and exists (select from assignments.assignment a where a.round_id = round.id));
create policy monitor_assigned on sampling.drawn for select to pantau_app
  using ((select access.scope()) = 'monitor' and exists (select from assignments.assignment a where a.drawn_id = drawn.id));
