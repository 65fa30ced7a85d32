package dev.atalaya.agent.library.hibernate;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.NullUnmarked;

/**
 * What Hibernate, 5.3 to 7, loads on its own: lazy collections and proxies that are used, and
 * associations that come with their owner by a select each. Its statements are JDBC's affair.
 */
@NullUnmarked // as other advice, which has no annotations but its own
@AutoService(LibraryInstrumentation.class)
public final class HibernateInstrumentation extends LibraryInstrumentation {
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String SESSION =
      "Lorg/hibernate/engine/spi/SharedSessionContractImplementor;";
  private static final String GRAPH = "org.hibernate.sql.results.graph.entity.internal.";

  public HibernateInstrumentation() {
    super("hibernate");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.FETCHES)
        .library(
            "Hibernate ORM",
            "org.hibernate:hibernate-core:5.6.15.Final",
            "org.hibernate.orm:hibernate-core:6.2.32.Final",
            "org.hibernate.orm:hibernate-core:6.6.13.Final",
            "org.hibernate.orm:hibernate-core:7.4.15.Final");
  }

  @Override
  public void weave(Weaver weaver) {
    collection(weaver, "org.hibernate.collection.internal."); // 5
    collection(weaver, "org.hibernate.collection.spi."); // 6 and 7
    weaver
        .in("org.hibernate.proxy.AbstractLazyInitializer")
        .around("initialize", "()V", InitializeProxy.class)
        // Its constructor: in 5, and in 6 and 7.
        .marked("(Ljava/lang/String;Ljava/io/Serializable;" + SESSION + ")V")
        .marked("(Ljava/lang/String;" + OBJECT + SESSION + ")V");
    weaver
        .in("org.hibernate.bytecode.enhance.spi.interceptor.EnhancementAsProxyLazinessInterceptor")
        .around(
            "forceInitialize",
            "(" + OBJECT + "Ljava/lang/String;" + SESSION + "Z)" + OBJECT,
            Load.class);
    toOne(weaver);
  }

  private static void collection(Weaver weaver, String room) {
    String type = room + "AbstractPersistentCollection";
    String work = "L" + type.replace('.', '/') + "$LazyInitializationWork;";
    weaver
        .in(type)
        // What initialize, and the reads that need not initialize, all come to, if not loaded yet.
        .around("withTemporarySessionIfNeeded", "(" + work + ")" + OBJECT, Load.class)
        // Hibernate.size, contains and get of 6.2 and later.
        .around("getSize", "()I", Load.class)
        .around("elementExists", "(" + OBJECT + ")Z", Load.class)
        .around("elementByIndex", "(" + OBJECT + ")" + OBJECT, Load.class);
  }

  private static void toOne(Weaver weaver) {
    String resolve = "(" + OBJECT + SESSION + OBJECT;
    weaver
        .in("org.hibernate.type.EntityType")
        // 5.3 to 5.6; the other is 5.2's, and in 6 and 7 for what comes from a cache.
        .around("resolve", resolve + "Ljava/lang/Boolean;)" + OBJECT, Resolve.class)
        .around("resolve", resolve + ")" + OBJECT, Resolve.class);
    String data = "L" + (GRAPH + "EntitySelectFetchInitializer").replace('.', '/');
    data += "$EntitySelectFetchInitializerData;";
    String context = "Lorg/hibernate/engine/spi/PersistenceContext;";
    for (String initializer :
        new String[] {"EntitySelectFetchInitializer", "EntitySelectFetchByUniqueKeyInitializer"}) {
      weaver
          .in(GRAPH + initializer)
          // 6.0 to 6.4; then both below, of which the second came with 7.
          .around(
              "initializeInstance",
              "(Lorg/hibernate/sql/results/jdbc/spi/RowProcessingState;)V",
              Load.class)
          .around("initialize", "(" + data + ")V", Load.class)
          .around(
              "initialize",
              "(" + data + "Lorg/hibernate/engine/spi/EntityHolder;" + SESSION + context + ")V",
              Load.class);
    }
  }

  static final class Load {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = HibernateHooks.class, event = "load") int load,
        @Advice.This Object source) {
      return (Call) Tracing.hook(load, source);
    }
  }

  /** Called at every use of the proxy. */
  static final class InitializeProxy {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = HibernateHooks.class, event = "load") int load,
        @Advice.This Object proxy,
        @Advice.FieldValue("initialized") boolean initialized) {
      return initialized ? null : (Call) Tracing.hook(load, proxy);
    }
  }

  /** The type knows the property, the owner is an entity, and the session knows its mapping. */
  static final class Resolve {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = HibernateHooks.class, event = "load") int load,
        @Advice.This Object type,
        @Advice.FieldValue("eager") boolean eager,
        @Advice.Argument(1) Object session,
        @Advice.Argument(2) Object owner) {
      if (!eager) return null;
      Object source = new Object[] {type, owner, session};
      return (Call) Tracing.hook(load, source);
    }
  }
}
