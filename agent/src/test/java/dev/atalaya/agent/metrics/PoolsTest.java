package dev.atalaya.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.Test;

class PoolsTest {
  private static final String URL = "jdbc:h2:mem:pools";

  private final Registry registry = new Registry();

  @Test
  void hikari_is_read_through_its_pool_and_its_data_source() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(URL);
    config.setPoolName("orders");
    config.setMaximumPoolSize(7);
    config.setMinimumIdle(1);
    try (HikariDataSource source = new HikariDataSource(config);
        Connection used = source.getConnection()) {
      assertTrue(used.isValid(1));
      registry.pool("hikaricp", source.getHikariPoolMXBean());
      assertFigures("orders", 1, 7);
    }
    assertEquals(Map.of(), gauges(), "a closed pool has no connections");
  }

  @Test
  void hikaris_data_source_stands_for_its_pool() throws Exception {
    try (HikariDataSource source = new HikariDataSource()) {
      source.setJdbcUrl(URL);
      source.setPoolName("late");
      source.setMaximumPoolSize(3);
      registry.pool("hikaricp", source);
      assertEquals(Map.of(), gauges(), "before its first connection there is no pool");
      try (Connection used = source.getConnection()) {
        assertTrue(used.isValid(1));
        assertFigures("late", 1, 3);
      }
    }
  }

  @Test
  void dbcp2_is_read_through_its_data_source_and_its_pool() throws Exception {
    try (BasicDataSource source = new BasicDataSource()) {
      source.setUrl(URL);
      source.setMaxTotal(5);
      registry.pool("dbcp2", source);
      try (Connection used = source.getConnection()) {
        assertTrue(used.isValid(1));
        assertFigures("dbcp2-1", 1, 5);

        Registry other = new Registry();
        other.pool("dbcp2", source.getConnectionPool());
        assertEquals(gauges(), gauges(other));
      }
    }
    assertEquals(Map.of(), gauges());
  }

  @Test
  void tomcat_is_read_through_its_pool() throws Exception {
    PoolProperties properties = new PoolProperties();
    properties.setUrl(URL);
    properties.setDriverClassName("org.h2.Driver");
    properties.setName("reports");
    properties.setMaxActive(4);
    properties.setInitialSize(2);
    org.apache.tomcat.jdbc.pool.DataSource source =
        new org.apache.tomcat.jdbc.pool.DataSource(properties);
    try (Connection used = source.getConnection()) {
      assertTrue(used.isValid(1));
      registry.pool("tomcat-jdbc", source.getPool());
      assertFigures("reports", 1, 4);
      assertEquals(1.0, gauges().get("db.client.connection.count,reports,idle"));
    } finally {
      source.close(true);
    }
    assertEquals(Map.of(), gauges());
  }

  @Test
  void waiting_use_and_timeouts_count_by_the_pools_name() {
    Object pool = new NamedPool("orders");
    registry.pool("any", pool);
    registry.borrowed(pool, 2_000_000, false);
    registry.borrowed(pool, 5_000_000_000L, true);
    registry.returned(pool, 30_000_000);

    assertEquals(1, sample(Metric.POOL_WAIT).count, "one that got none did not wait for one");
    assertEquals(0.002, sample(Metric.POOL_WAIT).sum, 1e-9);
    assertEquals(0.03, sample(Metric.POOL_USE).sum, 1e-9);
    assertEquals(1.0, sample(Metric.POOL_TIMEOUTS).value);
    assertEquals("orders", sample(Metric.POOL_USE).labels[0]);
  }

  @Test
  void pools_of_one_name_count_together() {
    registry.pool("any", first);
    registry.pool("any", second);
    registry.pool("any", second);

    assertEquals(4.0, gauges().get("db.client.connection.count,orders,used"));
  }

  private final Object first = new NamedPool("orders");
  private final Object second = new NamedPool("orders");

  @Test
  void a_pool_is_not_kept_alive() throws InterruptedException {
    registry.pool("any", new NamedPool("gone"));
    for (int i = 0; i < 100 && !gauges().isEmpty(); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertEquals(Map.of(), gauges());
  }

  @Test
  void a_pool_without_a_name_is_named_by_where_it_leads_but_never_by_secrets() {
    assertEquals("db:5432/shop", PoolGetters.address("jdbc:postgresql://db:5432/shop?ssl=true"));
    assertEquals("db", PoolGetters.address("jdbc:mysql://db/"));
    assertNull(PoolGetters.address("jdbc:mysql://scott:tiger@db/shop"));
    assertNull(PoolGetters.address("jdbc:mysql://scott:ti?ger@db/shop"));
    assertEquals(
        "db:1521/shop", PoolGetters.address("jdbc:oracle:thin:scott/tiger@//db:1521/shop"));
    assertNull(PoolGetters.address("jdbc:h2:mem:shop;PASSWORD=tiger"));
  }

  private void assertFigures(String name, double used, double max) {
    Map<String, Double> gauges = gauges();
    assertEquals(used, gauges.get("db.client.connection.count," + name + ",used"), "" + gauges);
    assertEquals(max, gauges.get("db.client.connection.max," + name), "" + gauges);
    assertEquals(0.0, gauges.get("db.client.connection.pending_requests," + name), "" + gauges);
    assertTrue(gauges.containsKey("db.client.connection.count," + name + ",idle"));
  }

  private Map<String, Double> gauges() {
    return gauges(registry);
  }

  private static Map<String, Double> gauges(Registry of) {
    Map<String, Double> gauges = new HashMap<>();
    for (Family family : of.snapshot()) {
      boolean gauge = family.type == Family.Type.UP_DOWN_COUNTER;
      if (!gauge || !family.name.startsWith("db.client.connection.")) continue;
      for (Sample sample : family.samples) {
        gauges.put(family.name + "," + String.join(",", sample.labels), sample.value);
      }
    }
    return gauges;
  }

  private Sample sample(Metric metric) {
    for (Family family : registry.snapshot()) {
      if (family.name.equals(metric.otelName())) return family.samples.get(0);
    }
    throw new AssertionError(metric);
  }

  /** What is left of a pool where only its getters are known. */
  public static final class NamedPool {
    private final String name;

    NamedPool(String name) {
      this.name = name;
    }

    public String getName() {
      return name;
    }

    public int getActive() {
      return 2;
    }
  }
}
