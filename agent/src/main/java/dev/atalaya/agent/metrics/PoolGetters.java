package dev.atalaya.agent.metrics;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the public getters of connection pools say: HikariCP's pool and data source, DBCP2's data
 * source and its GenericObjectPool, Tomcat JDBC's pool. By name, as their classes are the
 * application's; nothing of them is kept, so that an application can be unloaded.
 */
final class PoolGetters {
  /** {@code //host:port/namespace} of a JDBC URL, where nothing else is in it. */
  private static final Pattern ADDRESS =
      Pattern.compile("//([\\w.\\-\\[\\]]+(?::\\d+)?)(/[\\w.\\-]*)?(?:[?;].*)?");

  private static final int HIKARI_SHUTDOWN = 2;

  private PoolGetters() {}

  /**
   * The pool behind a data source, whose getters take no lock; the data source itself where it does
   * not show it; null while it has none, or has it no more.
   */
  static @Nullable Object core(Object pool) {
    Class<?> type = pool.getClass();
    Object core = pool;
    if (method(type, "getHikariPoolMXBean") != null) core = call(pool, "getHikariPoolMXBean");
    else if (method(type, "getConnectionPool") != null) core = call(pool, "getConnectionPool");
    else if (method(type, "getPool") != null) core = call(pool, "getPool");
    return core == null || isClosed(core) ? null : core;
  }

  static int used(Object core) {
    return Math.max(0, first(core, "getActiveConnections", "getNumActive", "getActive"));
  }

  static int idle(Object core) {
    return Math.max(0, first(core, "getIdleConnections", "getNumIdle", "getIdle"));
  }

  /** 0 where there is no limit, or it is not known. */
  static int max(Object core) {
    int max = first(core, "getMaxTotal");
    if (max < 0) max = first(call(core, "getPoolProperties"), "getMaxActive");
    if (max < 0) max = first(field(core, "config"), "getMaximumPoolSize");
    return Math.max(0, max);
  }

  /** Below 0 where it is not known. */
  static int pending(Object core) {
    return first(core, "getThreadsAwaitingConnection", "getNumWaiters", "getWaitCount");
  }

  private static boolean isClosed(Object core) {
    if (Boolean.TRUE.equals(call(core, "isClosed"))) return true;
    Object state = field(core, "poolState");
    return state instanceof Integer && (Integer) state == HIKARI_SHUTDOWN;
  }

  /** The pool's own name, else the address of what it connects to; null where neither is known. */
  static @Nullable String name(Object pool) {
    Object name = call(pool, "getPoolName");
    if (name == null) name = call(pool, "getName");
    if (name == null && field(pool, "poolState") != null) name = pool.toString(); // HikariPool
    if (name != null && !name.toString().isEmpty()) return name.toString();
    Object factory = call(call(pool, "getFactory"), "getConnectionFactory");
    Object url = call(factory, "getConnectionString");
    if (url == null) url = call(pool, "getUrl");
    return url == null ? null : address(url.toString());
  }

  /** Null unless it is plain to see that no user, password or the like is in it. */
  static @Nullable String address(String url) {
    int slashes = url.indexOf("//");
    if (slashes < 0) return null;
    Matcher address = ADDRESS.matcher(url.substring(slashes));
    if (!address.matches()) return null;
    String namespace = address.group(2);
    return namespace == null || namespace.length() == 1
        ? address.group(1)
        : address.group(1) + namespace;
  }

  private static int first(@Nullable Object target, String... getters) {
    for (String getter : getters) {
      Object value = call(target, getter);
      if (value instanceof Number) return ((Number) value).intValue();
    }
    return -1;
  }

  private static @Nullable Object call(@Nullable Object target, String getter) {
    if (target == null) return null;
    try {
      Method method = method(target.getClass(), getter);
      return method == null ? null : method.invoke(target);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError unknown) {
      return null;
    }
  }

  /** Of a public class or interface: the same method of a hidden class could not be called. */
  private static @Nullable Method method(@Nullable Class<?> type, String name) {
    if (type == null) return null;
    if (Modifier.isPublic(type.getModifiers())) {
      try {
        Method method = type.getMethod(name);
        if (Modifier.isPublic(method.getDeclaringClass().getModifiers())) return method;
      } catch (NoSuchMethodException absent) {
        return null;
      }
    }
    for (Class<?> declared : type.getInterfaces()) {
      Method method = method(declared, name);
      if (method != null) return method;
    }
    return method(type.getSuperclass(), name);
  }

  /** HikariCP 2 to 7 has two figures in public fields, one of them of a hidden class. */
  private static @Nullable Object field(Object target, String name) {
    for (Class<?> c = target.getClass(); c != null; c = c.getSuperclass()) {
      try {
        Field field = c.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(target);
      } catch (NoSuchFieldException above) {
        // Perhaps a class above has it.
      } catch (ReflectiveOperationException | RuntimeException | LinkageError closed) {
        return null;
      }
    }
    return null;
  }
}
