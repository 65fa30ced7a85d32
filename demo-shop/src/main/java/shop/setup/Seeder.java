package shop.setup;

import jakarta.annotation.PostConstruct;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Fills an empty database, always with the same goods, people and orders; then warms Redis. */
@Component
final class Seeder {

  /** How much of everything; an order has three lines on average. */
  enum Size {
    SMALL(200, 50, 500),
    MEDIUM(5_000, 1_000, 20_000);

    final int products;
    final int customers;
    final int orders;

    Size(int products, int customers, int orders) {
      this.products = products;
      this.customers = customers;
      this.orders = orders;
    }
  }

  private final JdbcTemplate jdbc;
  private final StringRedisTemplate redis;
  private final Size size;

  Seeder(JdbcTemplate jdbc, StringRedisTemplate redis, @Value("${shop.size}") Size size) {
    this.jdbc = jdbc;
    this.redis = redis;
    this.size = size;
  }

  @PostConstruct
  void seed() {
    if (jdbc.queryForObject("select count(*) from products", Long.class) == 0) {
      products();
      customers();
      orders();
      carts();
      jdbc.execute("analyze");
    }
    warmRedis();
  }

  private void products() {
    jdbc.update(
        """
        insert into products (id, name, category, description, price, stock)
        select i, a.adjective || ' ' || m.material || ' ' || n.noun, n.category,
               'This ' || lower(a.adjective) || ' ' || lower(n.noun) || ' of honest '
               || lower(m.material) || ' is made in small numbers by people who use one themselves. '
               || 'It is checked by hand, packed without plastic, and repaired for as long as '
               || 'someone asks. Goes well with everything else in ' || lower(n.category) || '.',
               5 + (i * 7919 % 19500) / 100.0, 200 + i * 31 % 800
        from generate_series(1, ?) i
        join (values
            (0, 'Lamp', 'Living'), (1, 'Chair', 'Living'), (2, 'Teapot', 'Kitchen'),
            (3, 'Notebook', 'Desk'), (4, 'Backpack', 'Outdoors'), (5, 'Bowl', 'Kitchen'),
            (6, 'Clock', 'Living'), (7, 'Pen', 'Desk'), (8, 'Blanket', 'Living'),
            (9, 'Mug', 'Kitchen'), (10, 'Tent', 'Outdoors'), (11, 'Shelf', 'Living'),
            (12, 'Kettle', 'Kitchen'), (13, 'Folder', 'Desk'), (14, 'Lantern', 'Outdoors'),
            (15, 'Bench', 'Garden'), (16, 'Trowel', 'Garden'), (17, 'Planter', 'Garden'),
            (18, 'Stool', 'Living'), (19, 'Tray', 'Desk')
        ) n (k, noun, category) on n.k = i % 20
        join (values
            (0, 'Quiet'), (1, 'Plain'), (2, 'Bright'), (3, 'Little'), (4, 'Old'), (5, 'Clever'),
            (6, 'Gentle'), (7, 'Bold'), (8, 'Fine'), (9, 'Sunny'), (10, 'Nordic'), (11, 'Grand'),
            (12, 'Light'), (13, 'Round'), (14, 'Merry'), (15, 'True'), (16, 'Slow')
        ) a (k, adjective) on a.k = i % 17
        join (values
            (0, 'Oak'), (1, 'Steel'), (2, 'Wool'), (3, 'Linen'), (4, 'Cork'), (5, 'Copper'),
            (6, 'Glass'), (7, 'Bamboo'), (8, 'Clay'), (9, 'Felt'), (10, 'Walnut'), (11, 'Brass'),
            (12, 'Paper')
        ) m (k, material) on m.k = (i + i / 20) % 13
        """,
        size.products);
  }

  private void customers() {
    jdbc.update(
        """
        insert into customers (id, name, city)
        select i, f.name || ' ' || l.name, c.name
        from generate_series(1, ?) i
        join unnest(array['Ada', 'Bruno', 'Carla', 'David', 'Elena', 'Felix', 'Grete', 'Hugo',
                          'Ines', 'Jonas', 'Klara'])
             with ordinality f (name, k) on f.k = i % 11 + 1
        join unnest(array['Abel', 'Berg', 'Costa', 'Dumas', 'Engel', 'Ferro', 'Garcia', 'Holm',
                          'Ito', 'Jansen', 'Kranz', 'Lopez', 'Meyer'])
             with ordinality l (name, k) on l.k = i % 13 + 1
        join unnest(array['Lisbon', 'Bergen', 'Turin', 'Graz', 'Ghent', 'Brno', 'Cork'])
             with ordinality c (name, k) on c.k = i % 7 + 1
        """,
        size.customers);
  }

  private void orders() {
    jdbc.update(
        """
        insert into orders (customer_id, placed_on)
        select 1 + i * 37 % ?, date '2025-07-01' + (i * 364 / ?)
        from generate_series(1, ?) i
        """,
        size.customers, size.orders, size.orders);
    jdbc.update(
        """
        insert into order_lines (order_id, product_id, quantity, price, note)
        select o.id, p.id, 1 + (o.id + line) % 3, p.price,
               case when (o.id + line) % 9 = 0 then 'Please wrap it as a gift.' else '' end
        from orders o
        cross join lateral generate_series(1, 1 + o.id % 5) line
        join products p on p.id = 1 + (o.id * 101 + line * 1013) % ?
        order by o.id, line
        """,
        size.products);
  }

  private void carts() {
    jdbc.update(
        """
        insert into cart_items (customer_id, product_id, quantity)
        select c.id, 1 + (c.id * 13 + item * 7) % ?, 1 + item % 2
        from customers c
        cross join lateral generate_series(1, 8 + c.id % 5) item
        order by 1, 2
        """,
        size.products);
  }

  private void warmRedis() {
    Map<String, String> values = new HashMap<>();
    jdbc.query(
        "select id, price, stock from products",
        row -> {
          values.put("price:" + row.getLong("id"), row.getString("price"));
          values.put("stock:" + row.getLong("id"), row.getString("stock"));
        });
    redis.opsForValue().multiSet(values);
  }
}
