-- Substring search: three letters of it, and more, are looked up. Names and descriptions are made
-- small letters once, where they are written.
create extension if not exists pg_trgm;
alter table products
  add column search text generated always as (lower(name || ' ' || description)) stored;
create index products_search on products using gin (search gin_trgm_ops);

-- Pages by price, of all and of a category, each from where the page before ended.
create index products_price on products (price, id);
create index products_category_price on products (category, price, id);
create index products_category on products (category, id);

-- What runs out: few products, so a few entries.
create index products_stock on products (stock) where stock < 20;

-- What was bought of a product; and with which others, without reading the lines themselves.
create index order_lines_product on order_lines (product_id, order_id) include (quantity, price);
drop index order_lines_order;
create index order_lines_order on order_lines (order_id, product_id);

create index orders_customer on orders (customer_id, id);
create index orders_day on orders (placed_on);

-- A product's newest reviews, and the sum of its stars.
create index reviews_product on reviews (product_id, id) include (stars);
