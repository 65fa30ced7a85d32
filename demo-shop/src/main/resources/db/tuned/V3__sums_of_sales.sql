-- Sales of days that are over, summed once: by day, and by product.
create table daily_sales (
  day date not null,
  category text not null,
  items bigint not null,
  revenue numeric not null,
  primary key (day, category)
);
create table product_sales (
  product_id bigint primary key,
  revenue numeric not null
);

-- One row: up to which day, that one included. Who sums locks it; who comes second finds it done.
create table sales_summed (until date not null);
insert into sales_summed values (date '-infinity');

create function sum_sales(last date) returns void language plpgsql as $$
declare
  before date;
begin
  select until into before from sales_summed for update;
  if before >= last then
    return;
  end if;
  insert into daily_sales (day, category, items, revenue)
    select o.placed_on, p.category, sum(l.quantity), sum(l.quantity * l.price)
    from order_lines l
    join orders o on o.id = l.order_id
    join products p on p.id = l.product_id
    where o.placed_on > before and o.placed_on <= last
    group by 1, 2;
  insert into product_sales (product_id, revenue)
    select l.product_id, sum(l.quantity * l.price)
    from order_lines l
    join orders o on o.id = l.order_id
    where o.placed_on > before and o.placed_on <= last
    group by 1
    on conflict (product_id) do update set revenue = product_sales.revenue + excluded.revenue;
  update sales_summed set until = last;
end
$$;

-- So that the first sum, of a whole year, is planned for what is there.
analyze products, orders, order_lines;

-- Nobody buys while the schema changes, so that all is over but the last day itself.
select sum_sales(coalesce(max(placed_on) - 1, '-infinity')) from orders;
