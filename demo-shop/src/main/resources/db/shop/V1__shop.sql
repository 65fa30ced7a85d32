-- The keys of what is seeded follow in V1_2, when it is.
create table products (
  id bigint primary key,
  name text not null,
  category text not null,
  description text not null,
  price numeric(10, 2) not null,
  stock int not null
);

create table customers (
  id bigint primary key,
  name text not null,
  email text not null unique,
  password text not null,
  city text not null
);

create table orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null,
  placed_on date not null,
  payment text
);

create table order_lines (
  id bigint generated always as identity primary key,
  order_id bigint not null,
  product_id bigint not null,
  quantity int not null,
  price numeric(10, 2) not null,
  note text not null
);

create table cart_items (
  id bigint generated always as identity primary key,
  customer_id bigint not null,
  product_id bigint not null,
  quantity int not null
);

create table reviews (
  id bigint generated always as identity primary key,
  product_id bigint not null,
  customer_id bigint not null,
  stars int not null,
  text text not null,
  written_on date not null
);

create table images (
  id bigint generated always as identity primary key,
  product_id bigint not null references products,
  width int not null,
  height int not null,
  content bytea not null
);
create index images_product on images (product_id);

create table thumbnails (
  image_id bigint not null references images,
  size int not null,
  content bytea not null,
  primary key (image_id, size)
);

create table confirmations (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  text text not null
);
