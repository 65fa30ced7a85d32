package app;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import javax.sql.DataSource;

/** Connections by the name of a pool; reflection, so that only the named one must be there. */
final class Pools {
  private Pools() {}

  /** Where connections come from. */
  interface Source {
    Connection get() throws Exception;
  }

  static Source of(String pool, final String url, final String user, final String password)
      throws Exception {
    if (pool.equals("plain")) {
      return () -> DriverManager.getConnection(url, user, password);
    }
    if (pool.equals("p6spy")) {
      String spied = "jdbc:p6spy:" + url.substring("jdbc:".length());
      return () -> DriverManager.getConnection(spied, user, password);
    }
    final DataSource source;
    if (pool.equals("hikari")) {
      source = create("com.zaxxer.hikari.HikariDataSource");
      set(source, "setJdbcUrl", String.class, url);
      set(source, "setMaximumPoolSize", int.class, 3);
      set(source, "setPoolName", String.class, "main");
    } else if (pool.equals("dbcp2")) {
      source = create("org.apache.commons.dbcp2.BasicDataSource");
      set(source, "setUrl", String.class, url);
      set(source, "setMaxTotal", int.class, 3);
      set(source, "setValidationQuery", String.class, "VALUES 1");
      set(source, "setTestOnBorrow", boolean.class, true);
    } else if (pool.equals("tomcat")) {
      source = create("org.apache.tomcat.jdbc.pool.DataSource");
      set(source, "setUrl", String.class, url);
      set(source, "setMaxActive", int.class, 3);
      set(
          source,
          "setDriverClassName",
          String.class,
          DriverManager.getDriver(url).getClass().getName());
      set(source, "setValidationQuery", String.class, "VALUES 1");
      set(source, "setTestOnBorrow", boolean.class, true);
    } else if (pool.equals("c3p0")) {
      source = create("com.mchange.v2.c3p0.ComboPooledDataSource");
      set(source, "setJdbcUrl", String.class, url);
      set(source, "setMaxPoolSize", int.class, 3);
    } else if (pool.equals("datasource-proxy")) {
      DataSource target = (DataSource) Class.forName("org.h2.jdbcx.JdbcDataSource").newInstance();
      set(target, "setURL", String.class, url);
      set(target, "setUser", String.class, user);
      set(target, "setPassword", String.class, password);
      Class<?> builder = Class.forName("net.ttddyy.dsproxy.support.ProxyDataSourceBuilder");
      Object built = builder.getMethod("create", DataSource.class).invoke(null, target);
      source = (DataSource) builder.getMethod("build").invoke(built);
      return source::getConnection;
    } else {
      throw new IllegalArgumentException(pool);
    }
    try {
      set(source, "setUsername", String.class, user);
    } catch (NoSuchMethodException e) {
      set(source, "setUser", String.class, user);
    }
    set(source, "setPassword", String.class, password);
    return source::getConnection;
  }

  private static DataSource create(String type) throws Exception {
    return (DataSource) Class.forName(type).getConstructor().newInstance();
  }

  private static void set(Object target, String method, Class<?> type, Object value)
      throws Exception {
    Method setter = target.getClass().getMethod(method, type);
    setter.invoke(target, value);
  }
}
