-- Who is logged in, for when Redis is away or has forgotten. A session that was ended stays until
-- Redis has surely dropped it as well.
create table sessions (
  id text primary key,
  content bytea not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_expired on sessions (expires_at);
create index sessions_ended on sessions (ended_at) where ended_at is not null;
