package dev.atalaya.agent.callsite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.catalogue.Catalogue;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shop.Calls;

class CallSitesTest {
  private static final ClassRoles ROLES = Application.BY_NAME.roles;

  // ---- On the calling thread

  @Test
  void the_first_frame_is_the_applications_method_that_called() {
    CallSite site = Calls.plainly(CallSitesTest::here);
    assertEquals("shop.Calls", site.top().getClassName());
    assertEquals("plainly", site.top().getMethodName());
    assertEquals("Calls.java", site.top().getFileName());
    assertEquals(11, site.top().getLineNumber());
    assertNull(site.called);
    assertEquals(Set.of(), tags(site));
    assertFalse(site.isLoading() || site.isMigration());
  }

  @Test
  void a_lambda_counts_as_the_method_that_holds_it_at_its_own_line() {
    CallSite site = Calls.inALambda(CallSitesTest::here);
    assertEquals("inALambda", site.top().getMethodName());
    assertEquals(15, site.top().getLineNumber());
    assertEquals("inALambda", site.frames[1].getMethodName());
  }

  @Test
  void a_nested_class_keeps_its_dollar() {
    CallSite site = Calls.inNested(CallSitesTest::here);
    assertEquals("shop.Calls$Nested", site.top().getClassName());
    assertEquals("shop.Calls", site.frames[1].getClassName());
  }

  @Test
  @SuppressWarnings("unchecked")
  void a_generated_proxy_is_what_was_called_and_no_frame() {
    InvocationHandler handler = (proxy, method, arguments) -> here();
    Supplier<CallSite> proxy =
        (Supplier<CallSite>)
            Proxy.newProxyInstance(
                Calls.class.getClassLoader(), new Class<?>[] {Supplier.class}, handler);
    CallSite site = Calls.plainly(proxy);
    assertEquals("plainly", site.top().getMethodName());
    assertTrue(site.called.matches(".*\\$Proxy\\d+\\.get"), site.called);
  }

  @Test
  @SuppressWarnings("unchecked")
  void a_proxy_by_an_interface_of_the_applications_is_that_interface() {
    InvocationHandler handler = (proxy, method, arguments) -> here();
    Class<?>[] types = {Supplier.class, Calls.Repository.class};
    Supplier<CallSite> proxy =
        (Supplier<CallSite>) Proxy.newProxyInstance(Calls.class.getClassLoader(), types, handler);
    CallSite site = Calls.plainly(proxy);
    assertEquals("shop.Calls$Repository.get", site.called);
    assertTrue(site.isOwnMethod);
    assertFalse(Calls.plainly(CallSitesTest::here).isOwnMethod);
  }

  @Test
  void five_frames_are_enough() {
    CallSite site = Calls.deep(10, CallSitesTest::here);
    assertEquals(5, site.frames.length);
    assertEquals("deep", site.frames[4].getMethodName());
  }

  @Test
  void frames_beyond_are_not_made() {
    assertTrue(ThreadFrames.areLazy());
  }

  @Test
  void the_server_far_below_is_not_looked_at() {
    String[] calls = new String[60];
    Arrays.fill(calls, "org.apache.catalina.core.ApplicationFilterChain.doFilter");
    calls[0] = "shop.OrderDao.list";
    calls[20] = "shop.OrderController.list";
    calls[59] = "shop.Filter.doFilter";
    assertEquals(2, site(calls).frames.length);
  }

  @Test
  void a_stack_without_a_frame_of_the_applications_has_no_site() {
    assertNull(CallSites.here(Application.named(name -> false).roles, null));
  }

  @Test
  void the_same_stack_reads_the_same_from_another_thread() {
    StackTraceElement[] stack = Calls.inALambda(() -> Thread.currentThread().getStackTrace());
    CallSite site = CallSites.of(stack, ROLES, null);
    assertEquals("inALambda", site.top().getMethodName());
    assertEquals(15, site.top().getLineNumber());
  }

  @Test
  void no_failure_leaves() {
    ClassRoles broken =
        Application.named(
                name -> {
                  throw new IllegalStateException("broken");
                })
            .roles;
    assertNull(Calls.plainly(() -> CallSites.here(broken, null)));
    assertNull(CallSites.of(new StackTraceElement[] {null}, ROLES, null));
  }

  @Test
  void a_class_is_asked_about_once() {
    AtomicInteger asked = new AtomicInteger();
    ClassRoles counting =
        Application.named(
                name -> {
                  if (name.equals("shop.Calls")) asked.incrementAndGet();
                  return Catalogue.of(name) == null;
                })
            .roles;
    for (int i = 0; i < 3; i++) Calls.plainly(() -> CallSites.here(counting, null));
    assertEquals(1, asked.get());
  }

  // ---- What is no frame of the application's

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.sun.proxy.$Proxy12",
        "jdk.proxy2.$Proxy101",
        "shop.$Proxy7",
        "shop.OrderService$$SpringCGLIB$$0",
        "shop.OrderService$$EnhancerBySpringCGLIB$$1a2b3c4d",
        "shop.OrderService$$FastClassBySpringCGLIB$$9f",
        "shop.Customer$HibernateProxy$kVt3Fz0i",
        "shop.Customer$HibernateProxy",
        "shop.Customer$HibernateInstantiator$f00",
        "shop.Customer_$$_jvst4f_0",
        "shop.OrderService$ByteBuddy$abc",
        "shop.OrderService$auxiliary$abc",
        "shop.OrderService_Subclass",
        "shop.OrderService_ClientProxy",
        "shop.OrderService$Proxy$_$$_WeldClientProxy",
        "shop.OrderService$MockitoMock$123",
        "shop.$OrderService$Definition$Intercepted",
        "shop.OrderService$$Lambda$14/0x0000000800c0",
        "shop.Hidden/0x0000000800c0",
        "sun.reflect.GeneratedMethodAccessor12",
        "jdk.internal.reflect.GeneratedMethodAccessor12",
        "java.lang.invoke.LambdaForm$MH",
        "dev.atalaya.bridge.Tracing",
        "dev.atalaya.agent.trace.Recorder",
      })
  void generated_classes_are_nobodys(String generated) {
    CallSite site = site("org.h2.X.execute", generated + ".list", "shop.OrderService.list");
    assertEquals(1, site.frames.length, generated);
    assertEquals("shop.OrderService", site.top().getClassName());
    assertNull(
        CallSites.of(stack(generated + ".list"), Application.named(name -> true).roles, null));
  }

  @Test
  void an_applications_own_names_may_have_dollars_and_underscores() {
    for (String own :
        new String[] {"shop.Order_Service", "shop.A$B$Proxy", "shop.Orders$$anon$1"}) {
      assertEquals(own, site(own + ".list").top().getClassName());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "list, list",
    "lambda$list$3, list",
    "lambda$new$0, <init>",
    "lambda$static$0, <clinit>",
    "lambda$list$5d3f1c2a$1, list",
    "lambda$list$face$1, list$face",
    "list$lambda$3, list",
    "list$lambda-3, list",
    "list$lambda$3$lambda$2, list",
    "list$suspendImpl, list",
    "$anonfun$list$1, list",
    "$anonfun$list$1$adapted, list",
    "lambda$, ''",
    "a$b, a$b",
  })
  void a_lambdas_name_is_its_holders(String method, String holder) {
    assertEquals(holder, site("shop.OrderService." + method).top().getMethodName());
  }

  @ParameterizedTest
  @CsvSource({
    "Orders$list$1.invokeSuspend, Orders.list",
    "Orders$list$1$total$1.invokeSuspend, Orders.list",
    "OrdersKt$list$2.invoke, OrdersKt.list",
    "Orders$list$1$2.emit, Orders.list",
    "Orders$Companion$list$1.invokeSuspend, Orders$Companion.list",
    "Orders$1.invokeSuspend, Orders.<init>",
    "Orders$1.invoke, Orders$1.invoke",
    "Orders$list$1.run, Orders$list$1.run",
    "Orders$Page.invoke, Orders$Page.invoke",
    "Orders$$1.invoke, Orders$$1.invoke",
    "Orders.invoke, Orders.invoke",
  })
  void a_lambda_that_is_a_class_counts_as_the_function_that_holds_it(String lambda, String holder) {
    StackTraceElement top = site("shop." + lambda).top();
    assertEquals("shop." + holder, top.getClassName() + "." + top.getMethodName());
  }

  @Test
  void java_8_names_a_lambda_in_a_lambda_null() {
    CallSite site =
        site(
            "shop.OrderService.lambda$null$1",
            "java.util.ArrayList.forEach",
            "shop.OrderService.lambda$list$2",
            "shop.OrderService.list");
    assertEquals("list", site.top().getMethodName());
  }

  @Test
  void an_accessor_of_a_nested_class_is_no_frame() {
    CallSite site = site("shop.Orders.read", "shop.Orders.access$000", "shop.Orders$Page.next");
    assertEquals(2, site.frames.length);
  }

  @Test
  void a_frame_without_a_line_is_generated() {
    StackTraceElement[] stack = stack("org.h2.X.execute", "shop.OrderDao.list", "shop.Orders.all");
    stack[1] = new StackTraceElement("shop.OrderDao_Impl", "list", null, -1);
    CallSite site = CallSites.of(stack, ROLES, null);
    assertEquals(1, site.frames.length);
    assertEquals("shop.Orders", site.top().getClassName());
  }

  @Test
  void where_no_frame_has_a_line_they_are_all_there_is() {
    StackTraceElement[] stack = stack("org.h2.X.execute", "a.B.c", "a.B.d");
    stack[1] = new StackTraceElement("shop.OrderDao", "list", null, -1);
    stack[2] = new StackTraceElement("shop.Orders", "all", null, -1);
    CallSite site = CallSites.of(stack, ROLES, null);
    assertEquals("shop.OrderDao", site.top().getClassName());
    assertEquals(2, site.frames.length);
    assertNull(site.called);
  }

  @Test
  void strangers_are_libraries_below_the_application_and_make_do_without_it() {
    ClassRoles roles =
        Application.of(List.of(), () -> new Class<?>[0], MainClass.of("shop.Main")).roles;
    StackTraceElement[] stack =
        stack("org.h2.X.execute", "org.jooq.Q.fetch", "net.unheard.Mapper.one", "shop.Orders.all");
    CallSite site = CallSites.of(stack, roles, null);
    assertEquals("shop.Orders", site.top().getClassName());
    assertEquals("net.unheard.Mapper.one", site.called);
    site = CallSites.of(Arrays.copyOf(stack, 3), roles, null);
    assertEquals("net.unheard.Mapper", site.top().getClassName());
    assertEquals("org.jooq.Q.fetch", site.called);
    assertEquals(Set.of("jooq"), tags(site));
  }

  // ---- What was called

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.postgresql.jdbc.PgPreparedStatement.executeQuery",
        "com.zaxxer.hikari.pool.ProxyPreparedStatement.executeQuery",
        "redis.clients.jedis.Jedis.get",
        "io.lettuce.core.AbstractRedisAsyncCommands.get",
        "dev.atalaya.bridge.Tracing.sql",
      })
  void a_driver_is_nothing_to_name(String driver) {
    assertNull(site(driver, "shop.OrderDao.list").called);
  }

  @Test
  void collections_and_reflection_between_are_not_what_was_called() {
    CallSite site =
        site(
            "org.h2.jdbc.JdbcPreparedStatement.executeQuery",
            "org.springframework.jdbc.core.JdbcTemplate.queryForObject",
            "java.util.Optional.map",
            "java.lang.reflect.Method.invoke",
            "shop.OrderDao.list");
    assertEquals("org.springframework.jdbc.core.JdbcTemplate.queryForObject", site.called);
    assertEquals(Set.of("jdbc-template"), tags(site));
  }

  @Test
  void libraries_beyond_the_first_frame_were_not_passed() {
    CallSite site =
        site(
            "redis.clients.jedis.Jedis.get",
            "org.springframework.data.redis.core.RedisTemplate.execute",
            "shop.Cart.read",
            "org.springframework.data.jpa.repository.support.SimpleJpaRepository.save",
            "shop.Checkout.run");
    assertEquals(Set.of("jedis", "spring-redis"), tags(site));
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.flywaydb.core.Flyway.migrate", "liquibase.Liquibase.update"})
  void a_migration_is_one_wherever_it_is_on_the_way(String migration) {
    CallSite site = site("org.h2.X.execute", "db.migration.V1__Orders.migrate", migration);
    assertTrue(site.isMigration());
    assertEquals(Set.of(), tags(site));
  }

  // ---- What Hibernate loads on its own

  @Test
  void a_lazy_collection_is_named_by_its_role() {
    CallSite site =
        loading(
            new Collection(),
            "org.h2.jdbc.JdbcPreparedStatement.executeQuery",
            "org.hibernate.internal.SessionImpl.initializeCollection",
            "org.hibernate.collection.spi.AbstractPersistentCollection.initialize",
            "org.hibernate.collection.spi.PersistentBag.iterator",
            "shop.OrderService.list");
    assertEquals("shop.Order.lines", site.loading);
    assertEquals(Set.of("hibernate"), tags(site));
    assertTrue(site.isLoading() && !site.isEager());
    assertEquals("org.hibernate.collection.spi.PersistentBag.iterator", site.called);
  }

  @Test
  void a_collection_that_comes_with_its_owner_is_eager() {
    CallSite site =
        loading(
            new Collection(),
            "org.hibernate.internal.SessionImpl.initializeCollection",
            "org.hibernate.collection.internal.AbstractPersistentCollection.forceInitialization",
            "org.hibernate.engine.internal.StatefulPersistenceContext.initializeNonLazyCollections",
            "shop.OrderService.list");
    assertEquals(Set.of("hibernate"), tags(site));
    assertTrue(site.isEager());
  }

  @Test
  void an_eager_select_inside_of_a_lazy_load_is_eager() {
    CallSite site =
        loading(
            new Fetch(),
            "org.hibernate.sql.results.graph.entity.internal.EntitySelectFetchInitializer.initialize",
            "org.hibernate.collection.spi.AbstractPersistentCollection.initialize",
            "shop.OrderService.list");
    assertEquals("shop.Order.customer", site.loading);
    assertEquals(Set.of("hibernate"), tags(site));
    assertTrue(site.isEager());
  }

  @Test
  void a_proxy_is_named_by_its_entity() {
    CallSite site =
        loading(
            new Proxied(),
            "org.hibernate.proxy.AbstractLazyInitializer.initialize",
            "shop.Customer$HibernateProxy$x.getName",
            "shop.OrderService.list");
    assertEquals("shop.Customer", site.loading);
    assertEquals("shop.Customer$HibernateProxy$x.getName", site.called);
  }

  @Test
  void hibernate_5s_type_and_owner_make_a_name() {
    CallSite site =
        loading(
            new Object[] {new ManyToOne(), new Collection()},
            "org.hibernate.type.EntityType.resolve",
            "shop.OrderService.list");
    assertEquals(Collection.class.getName() + ".customer", site.loading);
    assertNotNull(
        loading(new Object[] {null, null}, "org.hibernate.type.EntityType.resolve", "s.A.b"));
  }

  @Test
  void what_a_listener_asks_meanwhile_is_no_loading() {
    CallSite site =
        loading(new Collection(), "org.hibernate.query.Query.list", "shop.Audit.onLoad");
    assertNull(site.loading);
    assertFalse(site.isLoading());
  }

  @Test
  void an_object_that_tells_nothing_is_no_harm() {
    assertNull(loading(new Object(), "org.hibernate.type.EntityType.resolve", "s.A.b").loading);
  }

  private static CallSite here() {
    return CallSites.here(ROLES, null);
  }

  private static CallSite site(String... calls) {
    return loading(null, calls);
  }

  private static CallSite loading(Object source, String... calls) {
    return CallSites.of(stack(calls), ROLES, source);
  }

  private static StackTraceElement[] stack(String... calls) {
    StackTraceElement[] stack = new StackTraceElement[calls.length];
    for (int i = 0; i < calls.length; i++) {
      int dot = calls[i].lastIndexOf('.');
      stack[i] =
          new StackTraceElement(
              calls[i].substring(0, dot), calls[i].substring(dot + 1), "File.java", i + 1);
    }
    return stack;
  }

  private static Set<String> tags(CallSite site) {
    return Catalogue.tags().stream().filter(site::passed).collect(Collectors.toSet());
  }

  /** As Hibernate's PersistentCollection tells its role. */
  public static final class Collection {
    public String getRole() {
      return "shop.Order.lines";
    }
  }

  public static final class Proxied {
    public String getEntityName() {
      return "shop.Customer";
    }
  }

  public static final class Fetch {
    public Path getNavigablePath() {
      return new Path();
    }
  }

  public static final class Path {
    public String getFullPath() {
      return "shop.Order(o).customer";
    }
  }

  public static final class ManyToOne {
    public String getPropertyName() {
      return "customer";
    }
  }
}
