package dev.atalaya.agent.trace;

import dev.atalaya.agent.trace.CallSite.Library;
import java.util.function.Predicate;

/**
 * What a class on the stack is, by its name: the application's, a library worth telling, or what
 * only passes calls on. Decided once a name.
 */
final class ClassRoles {
  /** All bits of {@link Library}. */
  static final int LIBRARIES = (1 << Library.values().length) - 1;

  static final int EAGER = bit(Library.HIBERNATE_EAGER);
  static final int LOADS = bit(Library.HIBERNATE_LAZY) | EAGER;

  /** Libraries that matter on whichever side of the application's frames. */
  static final int ANYWHERE = bit(Library.MIGRATION) | bit(Library.GRAPHQL);

  static final int APPLICATION = 1 << 16;

  /** JDBC, a pool around it, or Redis: what it is called through is no news. */
  static final int DRIVER = 1 << 17;

  /** The agent, reflection, collections and streams: neither here nor there. */
  static final int NO_MATTER = 1 << 18;

  /** Hibernate's collections, which load because they are used, */
  static final int COLLECTION = 1 << 19;

  /** but not where this class calls them directly: then they come with their owner. */
  static final int LOADS_EAGER_COLLECTIONS = 1 << 20;

  private static final int NAMES = 8_192;

  /** The first that matches; a name that ends in a dot or a dollar is a beginning. */
  private static final Object[][] KNOWN = {
    {"java.lang.", NO_MATTER},
    {"java.util.", NO_MATTER},
    {"jdk.internal.reflect.", NO_MATTER},
    {"jdk.internal.vm.", NO_MATTER},
    {"sun.reflect.", NO_MATTER},
    {"dev.atalaya.bridge.", NO_MATTER},
    {"dev.atalaya.agent.trace.", NO_MATTER},
    {"org.hibernate.collection.spi.AbstractPersistentCollection", COLLECTION | lazy()},
    {"org.hibernate.collection.internal.AbstractPersistentCollection", COLLECTION | lazy()},
    {"org.hibernate.engine.internal.StatefulPersistenceContext", LOADS_EAGER_COLLECTIONS | orm()},
    {"org.hibernate.proxy.AbstractLazyInitializer", lazy()},
    {"org.hibernate.bytecode.enhance.spi.interceptor.", lazy()},
    {"org.hibernate.type.EntityType", orm() | EAGER},
    {"org.hibernate.sql.results.graph.entity.internal.EntitySelect", orm() | EAGER},
    {
      "org.hibernate.action.internal.EntityIdentityInsertAction",
      orm() | bit(Library.HIBERNATE_IDENTITY)
    },
    {"org.hibernate.", orm()},
    {"org.springframework.data.redis.", bit(Library.SPRING_REDIS)},
    {"org.springframework.data.", bit(Library.SPRING_DATA)},
    {"org.springframework.jdbc.core.", bit(Library.JDBC_TEMPLATE)},
    {"org.apache.ibatis.executor.loader.", bit(Library.MYBATIS) | bit(Library.MYBATIS_NESTED)},
    {"org.apache.ibatis.", bit(Library.MYBATIS)},
    {"org.mybatis.", bit(Library.MYBATIS)},
    {"org.jooq.", bit(Library.JOOQ)},
    {"redis.clients.jedis.", DRIVER | bit(Library.JEDIS)},
    {"io.lettuce.", DRIVER | bit(Library.LETTUCE)},
    {"graphql.execution.", bit(Library.GRAPHQL)},
    {"org.flywaydb.", bit(Library.MIGRATION)},
    {"liquibase.", bit(Library.MIGRATION)},
    {"java.sql.", DRIVER},
    {"com.zaxxer.hikari.", DRIVER},
    {"org.apache.commons.dbcp", DRIVER},
    {"org.apache.tomcat.jdbc.", DRIVER},
    {"org.apache.tomcat.dbcp.", DRIVER},
    {"com.mchange.", DRIVER},
    {"io.agroal.", DRIVER},
    {"com.p6spy.", DRIVER},
    {"net.ttddyy.", DRIVER},
    {"org.postgresql.", DRIVER},
    {"com.mysql.", DRIVER},
    {"org.mariadb.", DRIVER},
    {"oracle.", DRIVER},
    {"com.microsoft.sqlserver.", DRIVER},
    {"com.ibm.db2.", DRIVER},
    {"org.h2.", DRIVER},
    {"org.hsqldb.", DRIVER},
    {"org.apache.derby.", DRIVER},
    {"org.sqlite.", DRIVER},
  };

  /** Parts of the names that libraries give to the classes they generate. */
  private static final String[] GENERATED = {
    "$$SpringCGLIB$$",
    "$$EnhancerBy",
    "$$FastClassBy",
    "$$KeyFactoryBy",
    "$HibernateProxy",
    "$HibernateBasicProxy",
    "$HibernateInstantiator",
    "$HibernateAccessOptimizer",
    "_$$_jvst",
    "_$$_javassist",
    "_$$_Weld",
    "$Proxy$_$$_",
    "$MockitoMock$",
    "$ByteBuddy$",
    "$auxiliary$",
    "_ClientProxy",
    "_Subclass",
    "$Intercepted",
  };

  final Predicate<String> isApplication;
  private final Recent<String, Integer> roles = new Recent<>(NAMES, Long.MAX_VALUE);

  ClassRoles(Predicate<String> isApplication) {
    this.isApplication = isApplication;
  }

  /** Bits: those above, and {@link Library}'s. */
  int of(String className) {
    Integer known = roles.get(className, 1);
    return known != null ? known : roles.put(className, decide(className), 1);
  }

  private int decide(String name) {
    // A hidden class, which a lambda is.
    if (name.indexOf('/') >= 0 || name.contains("$$Lambda")) return NO_MATTER;
    if (isGenerated(name)) return 0;
    int role = known(name);
    if ((role & NO_MATTER) != 0) return role;
    return isApplication.test(name) ? APPLICATION : role;
  }

  private static int known(String name) {
    for (Object[] known : KNOWN) if (name.startsWith((String) known[0])) return (Integer) known[1];
    return 0;
  }

  private static boolean isGenerated(String name) {
    if (name.startsWith("$Proxy", name.lastIndexOf('.') + 1)) return true;
    if (name.indexOf('$') < 0 && name.indexOf('_') < 0) return false;
    for (String part : GENERATED) if (name.contains(part)) return true;
    return false;
  }

  private static int lazy() {
    return orm() | bit(Library.HIBERNATE_LAZY);
  }

  private static int orm() {
    return bit(Library.HIBERNATE);
  }

  private static int bit(Library library) {
    return 1 << library.ordinal();
  }
}
