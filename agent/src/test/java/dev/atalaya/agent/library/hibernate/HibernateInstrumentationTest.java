package dev.atalaya.agent.library.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.Loaded;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.StatementSites;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.LazyInitializationException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HibernateInstrumentationTest {
  private static final String HERE = HibernateInstrumentationTest.class.getName();
  private static final StatementSites SITES = new StatementSites();
  private static SessionFactory factory;
  private Woven woven;

  @BeforeAll
  static void startHibernate() {
    Woven.with(new HibernateInstrumentation()).close();
    Configuration configuration = new Configuration();
    configuration.setProperty("hibernate.connection.url", "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1");
    configuration.setProperty("hibernate.hbm2ddl.auto", "create");
    configuration.getProperties().put("hibernate.session_factory.statement_inspector", SITES);
    for (Class<?> entity : HibernateInstrumentationTest.class.getDeclaredClasses()) {
      configuration.addAnnotatedClass(entity);
    }
    factory = configuration.buildSessionFactory();
    try (Session session = factory.openSession()) {
      session.beginTransaction();
      Order order = new Order();
      order.customer = new Customer();
      Line line = new Line();
      line.order = order;
      Purchase purchase = new Purchase();
      purchase.shipment = new Shipment();
      Note note = new Note();
      note.purchase = purchase;
      Invoice invoice = new Invoice();
      invoice.shipment = purchase.shipment;
      for (Object entity :
          new Object[] {order.customer, order, line, purchase.shipment, purchase, note, invoice}) {
        session.persist(entity);
      }
      session.getTransaction().commit();
    }
  }

  @AfterAll
  static void stopHibernate() {
    factory.close();
  }

  @BeforeEach
  void begin() {
    woven = Woven.with(new HibernateInstrumentation());
    SITES.taken();
  }

  @AfterEach
  void end() {
    assertFalse(StatementSites.isLoading(), "something is still being loaded");
    woven.close();
  }

  @Test
  void a_collection_that_is_used_is_named() {
    CallSite site = lazily(order -> order.lines.size());
    assertEquals(HERE + "$Order.lines", site.loading);
    assertTrue(site.isLoading() && !site.isEager());
    assertTrue(site.called.endsWith(".PersistentBag.size"), site.called);
    assertEquals(HERE, site.top().getClassName());
    assertEquals("a_collection_that_is_used_is_named", site.top().getMethodName());
  }

  @Test
  void a_collection_has_what_its_mapping_says() {
    Loaded lines = lazily(order -> order.lines.size()).loaded;
    assertEquals(HERE + "$Order", lines.owner);
    assertEquals("orders", lines.ownerTable);
    assertEquals(HERE + "$Line", lines.target);
    assertTrue(lines.collection && lines.bag);
    assertFalse(lines.linked || lines.byUniqueKey || lines.rowsRepeatOwners);
  }

  @Test
  void an_eager_association_has_what_its_mapping_says() {
    Loaded shipment = fetched("from Purchase", "Purchase.shipment").loaded;
    assertEquals(HERE + "$Purchase", shipment.owner);
    assertEquals("Purchase", shipment.ownerTable);
    assertEquals(HERE + "$Shipment", shipment.target);
    assertFalse(shipment.collection || shipment.byUniqueKey);
    assertTrue(fetched("from Shipment", "Shipment.invoice").loaded.byUniqueKey);
  }

  @Test
  void a_collection_that_is_asked_for_is_named() {
    assertEquals(HERE + "$Order.lines", lazily(order -> Hibernate.initialize(order.lines)).loading);
  }

  @Test
  void a_collection_that_is_only_counted_is_named() {
    CallSite site = lazily(order -> assertEquals(1, Hibernate.size(order.lines)));
    assertEquals(HERE + "$Order.lines", site.loading);
  }

  @Test
  void a_proxy_is_named_by_its_entity() {
    CallSite site = lazily(order -> assertEquals("Ann", order.customer.getName()));
    assertEquals(HERE + "$Customer", site.loading);
    assertTrue(site.isLoading() && !site.isEager());
    assertTrue(site.called.contains("$Customer$HibernateProxy"), site.called);
  }

  @Test
  void an_eager_association_is_named_by_its_attribute() {
    CallSite site = fetched("from Purchase", "Purchase.shipment");
    assertTrue(site.isEager());
  }

  @Test
  void an_eager_collection_is_named_by_its_role() {
    CallSite site = fetched("from Purchase", "Purchase.notes");
    assertTrue(site.isEager());
  }

  @Test
  void the_other_side_of_a_one_to_one_is_named_by_its_attribute() {
    CallSite site = fetched("from Shipment", "Shipment.invoice");
    assertTrue(site.isEager());
  }

  @Test
  void what_the_application_asks_for_is_no_loading() {
    try (Session session = factory.openSession()) {
      session.createQuery("from Customer", Customer.class).list();
    }
    CallSite site = SITES.taken().get(0);
    assertNull(site.loading);
    assertTrue(site.passed("hibernate"));
    assertFalse(site.isLoading());
  }

  @Test
  void what_fails_to_load_is_over_as_well() {
    Order order;
    try (Session session = factory.openSession()) {
      order = session.find(Order.class, 1L);
    }
    assertThrows(LazyInitializationException.class, () -> order.lines.size());
    assertThrows(LazyInitializationException.class, () -> order.customer.getName());
  }

  @Test
  void hibernate_loads_the_same_when_the_tracer_throws() throws Exception {
    Woven.whileTracerThrows(
        () -> {
          lazily(order -> assertEquals(1, order.lines.size()));
          lazily(order -> assertEquals("Ann", order.customer.getName()));
          return null;
        });
  }

  /** Where the one statement came from by which the task loaded. */
  private static CallSite lazily(Consumer<Order> task) {
    try (Session session = factory.openSession()) {
      Order order = session.find(Order.class, 1L);
      SITES.taken();
      task.accept(order);
    }
    List<CallSite> sites = SITES.taken();
    assertEquals(1, sites.size());
    return sites.get(0);
  }

  /** Where the statement came from that fetched the attribute with the query's result. */
  private static CallSite fetched(String query, String attribute) {
    try (Session session = factory.openSession()) {
      session.createQuery(query, Object.class).list();
    }
    List<String> loading = new ArrayList<>();
    for (CallSite site : SITES.taken()) {
      if ((HERE + "$" + attribute).equals(site.loading)) return site;
      loading.add(site.loading);
    }
    throw new AssertionError(attribute + " is not in " + loading);
  }

  @Entity(name = "Customer")
  static class Customer {
    @Id Long id = 1L;
    String name = "Ann";

    String getName() {
      return name;
    }
  }

  @Entity(name = "Order")
  @Table(name = "orders")
  static class Order {
    @Id Long id = 1L;

    @ManyToOne(fetch = FetchType.LAZY)
    Customer customer;

    @OneToMany(mappedBy = "order")
    List<Line> lines;
  }

  @Entity(name = "Line")
  static class Line {
    @Id Long id = 1L;

    @ManyToOne(fetch = FetchType.LAZY)
    Order order;
  }

  @Entity(name = "Purchase")
  static class Purchase {
    @Id Long id = 1L;

    @ManyToOne(fetch = FetchType.EAGER)
    Shipment shipment;

    @OneToMany(mappedBy = "purchase", fetch = FetchType.EAGER)
    List<Note> notes;
  }

  @Entity(name = "Note")
  static class Note {
    @Id Long id = 1L;

    @ManyToOne(fetch = FetchType.LAZY)
    Purchase purchase;
  }

  @Entity(name = "Shipment")
  static class Shipment {
    @Id Long id = 1L;

    @OneToOne(mappedBy = "shipment")
    Invoice invoice;
  }

  @Entity(name = "Invoice")
  static class Invoice {
    @Id Long id = 1L;

    @OneToOne(fetch = FetchType.LAZY)
    Shipment shipment;
  }
}
