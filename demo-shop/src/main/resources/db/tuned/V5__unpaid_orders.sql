-- Orders that were placed and wait for the partner: those that a crash left so are found here.
create table unpaid_orders (
  order_id bigint primary key references orders on delete cascade,
  amount numeric(12, 2) not null,
  since timestamptz not null default now()
);
