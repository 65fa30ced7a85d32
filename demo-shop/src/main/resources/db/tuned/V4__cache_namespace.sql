-- Whose values the caches have: another database, though with the same Redis, has other ones.
create table cache_namespace (id text not null);
insert into cache_namespace values (left(gen_random_uuid()::text, 8));
