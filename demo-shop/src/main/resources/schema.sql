create table if not exists products (
  id bigint primary key,
  name text not null,
  category text not null,
  description text not null,
  price numeric(10, 2) not null,
  stock int not null
);

create table if not exists customers (
  id bigint primary key,
  name text not null,
  city text not null
);

create table if not exists orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers,
  placed_on date not null
);
create index if not exists orders_customer on orders (customer_id);

create table if not exists order_lines (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  product_id bigint not null references products,
  quantity int not null,
  price numeric(10, 2) not null,
  note text not null
);
create index if not exists order_lines_order on order_lines (order_id);

create table if not exists cart_items (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers,
  product_id bigint not null references products,
  quantity int not null,
  unique (customer_id, product_id)
);

create table if not exists confirmations (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  text text not null
);
