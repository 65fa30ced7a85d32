alter table orders
  add foreign key (customer_id) references customers;

alter table order_lines
  add foreign key (order_id) references orders,
  add foreign key (product_id) references products;
create index order_lines_order on order_lines (order_id);

alter table cart_items
  add unique (customer_id, product_id),
  add foreign key (customer_id) references customers,
  add foreign key (product_id) references products;

alter table reviews
  add foreign key (product_id) references products,
  add foreign key (customer_id) references customers;
