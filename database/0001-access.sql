-- Who may do what. Roles of the database first: the application acts as pantau_app (row security applies),
-- sign-in is resolved as pantau_auth (outside row security, but sees only what sign-in needs).
do $$ begin
  if not exists (select from pg_roles where rolname = 'pantau_app') then create role pantau_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'pantau_auth') then create role pantau_auth nologin; end if;
exception when duplicate_object or unique_violation then null; -- two databases of one cluster migrate at once
end $$;
do $$ begin execute format('grant pantau_app, pantau_auth to %I', current_user); end $$;

create schema access;
create schema auth;
grant usage on schema access to pantau_app, pantau_auth;
grant usage on schema auth to pantau_auth;

-- The caller, set by `set local app.…` at the start of every transaction; unset = nobody, who sees nothing.
create function access.person() returns uuid language sql stable as $$ select nullif(current_setting('app.person', true), '')::uuid $$;
create function access.organisation() returns uuid language sql stable as $$ select nullif(current_setting('app.organisation', true), '')::uuid $$;
create function access.scope() returns text language sql stable as $$ select coalesce(current_setting('app.scope', true), '') $$;
create function access.is_office() returns boolean language sql stable as $$ select access.scope() in ('office', 'system') $$;
create function access.is_signed_in() returns boolean language sql stable as $$ select access.scope() not in ('', 'public') $$;

-- better-auth's own tables (its column names).
create table auth."user" (
  id text primary key, name text not null, email text not null unique, "emailVerified" boolean not null default false,
  image text, "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now());
create table auth."session" (
  id text primary key, "expiresAt" timestamptz not null, token text not null unique, "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(), "ipAddress" text, "userAgent" text,
  "userId" text not null references auth."user" (id) on delete cascade);
create index on auth."session" ("userId");
create table auth."account" (
  id text primary key, "accountId" text not null, "providerId" text not null, "userId" text not null references auth."user" (id) on delete cascade,
  "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz,
  scope text, password text, "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now());
create index on auth."account" ("userId");
create table auth."verification" (
  id text primary key, identifier text not null, value text not null, "expiresAt" timestamptz not null,
  "createdAt" timestamptz default now(), "updatedAt" timestamptz default now());
create index on auth."verification" (identifier);
grant select, insert, update, delete on all tables in schema auth to pantau_auth;

create table access.organisation (
  id uuid primary key,
  kind text not null constraint organisation_kind check (kind in
    ('programme_office', 'university', 'ngo', 'training_provider', 'digital_platform', 'payment_partner', 'job_portal')),
  code text not null constraint organisation_code_unique unique,
  name text not null,
  short_name text not null,
  -- real: named in public sources; unknown: exists, name not public; sample: fictitious
  origin text not null constraint organisation_origin check (origin in ('real', 'unknown', 'sample', 'entered')),
  source text,
  status text not null default 'active' constraint organisation_status check (status in ('active', 'inactive')),
  created_at timestamptz not null default now());

create table access.role (
  code text primary key,
  name_id text not null,
  name_en text not null,
  scope text not null constraint role_scope check (scope in ('office', 'coordinator', 'monitor', 'provider', 'platform', 'partner')),
  kinds text[] not null, -- the kinds of organisation that may hold it
  verbs text[] not null,
  updated_at timestamptz not null default now());

create table access.person (
  id uuid primary key,
  user_id text constraint person_user_unique unique,
  name text not null,
  email text not null constraint person_email_unique unique,
  language text constraint person_language check (language in ('id', 'en')),
  status text not null default 'active' constraint person_status check (status in ('active', 'left')),
  created_at timestamptz not null default now());

create table access.membership (
  id uuid primary key,
  person_id uuid not null references access.person (id),
  organisation_id uuid not null references access.organisation (id),
  role text not null references access.role (code),
  since timestamptz not null default now(),
  ended_at timestamptz,
  handed_over_to uuid references access.membership (id));
create unique index membership_once on access.membership (person_id, organisation_id, role) where ended_at is null;
create index on access.membership (organisation_id);

create table access.invitation (
  id uuid primary key,
  email text not null,
  organisation_id uuid not null references access.organisation (id),
  role text not null references access.role (code),
  token_hash text not null constraint invitation_token_unique unique,
  invited_by uuid not null references access.person (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz);

alter table access.organisation enable row level security; alter table access.organisation force row level security;
alter table access.role enable row level security; alter table access.role force row level security;
alter table access.person enable row level security; alter table access.person force row level security;
alter table access.membership enable row level security; alter table access.membership force row level security;
alter table access.invitation enable row level security; alter table access.invitation force row level security;

grant select, insert, update on all tables in schema access to pantau_app;
grant select on access.organisation, access.role, access.person, access.membership, access.invitation to pantau_auth;
grant update (user_id, language, name) on access.person to pantau_auth;
grant insert on access.person, access.membership to pantau_auth;
grant update (accepted_at) on access.invitation to pantau_auth;

create policy sign_in on access.organisation for select to pantau_auth using (true);
create policy sign_in on access.role for select to pantau_auth using (true);
create policy sign_in on access.person for all to pantau_auth using (true);
create policy sign_in on access.membership for all to pantau_auth using (true);
create policy sign_in on access.invitation for all to pantau_auth using (true);

create policy known on access.organisation for select to pantau_app using ((select access.scope()) <> '');
create policy office on access.organisation for all to pantau_app using ((select access.is_office()));
create policy known on access.role for select to pantau_app using ((select access.is_signed_in()));
create policy office on access.role for all to pantau_app using ((select access.is_office()));
create policy office on access.membership for all to pantau_app using ((select access.is_office()));
create policy same_organisation on access.membership for select to pantau_app
  using (organisation_id = (select access.organisation()) or person_id = (select access.person()));
create policy coordinator on access.membership for update to pantau_app
  using (organisation_id = (select access.organisation()) and (select access.scope()) in ('coordinator', 'provider', 'platform', 'partner'));
create policy office on access.person for all to pantau_app using ((select access.is_office()));
create policy same_organisation on access.person for select to pantau_app
  using (id = (select access.person()) or exists (select from access.membership m where m.person_id = person.id and m.organisation_id = (select access.organisation())));
create policy self on access.person for update to pantau_app using (id = (select access.person()));
create policy office on access.invitation for all to pantau_app using ((select access.is_office()));
create policy own_organisation on access.invitation for all to pantau_app
  using (organisation_id = (select access.organisation()) and (select access.scope()) in ('coordinator', 'provider', 'platform', 'partner'));
