package app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.persistence.Entity;
import javax.persistence.FetchType;
import javax.persistence.GeneratedValue;
import javax.persistence.GenerationType;
import javax.persistence.Id;
import javax.persistence.JoinColumn;
import javax.persistence.ManyToOne;
import javax.persistence.OneToMany;
import javax.persistence.SequenceGenerator;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.BatchSize;
import org.hibernate.cfg.Configuration;

/**
 * Hibernate 5 to 7: collections touched in a loop, and the ways that are right. Arguments: URL and
 * user, else it is H2.
 */
public final class HibernateApp {
  private final SessionFactory sessions;
  private final SessionFactory batching;

  private HibernateApp(String url, String user) {
    sessions = sessions(url, user, "1", "create");
    batching = sessions(url, user, "16", "none");
  }

  public static void main(String[] args) throws Exception {
    HibernateApp app =
        args.length > 0
            ? new HibernateApp(args[0], args[1])
            : new HibernateApp("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa");
    app.in(app.sessions, HibernateApp::fill);
    new Web(4)
        .on("/lazy", query -> app.in(app.sessions, HibernateApp::lazy))
        .on("/eager", query -> app.in(app.sessions, HibernateApp::eager))
        .on("/identity", query -> app.in(app.sessions, HibernateApp::identity))
        .on("/join_fetch", query -> app.in(app.sessions, HibernateApp::joinFetch))
        .on("/batch_size", query -> app.in(app.sessions, HibernateApp::batchSize))
        .on("/default_batch_size", query -> app.in(app.batching, HibernateApp::lazy))
        .on("/batched_inserts", query -> app.in(app.sessions, HibernateApp::batched))
        .start();
  }

  private static SessionFactory sessions(
      String url, String user, String batchFetchSize, String schema) {
    return new Configuration()
        .setProperty("hibernate.connection.url", url)
        .setProperty("hibernate.connection.username", user)
        .setProperty("hibernate.connection.password", "")
        .setProperty("hibernate.hbm2ddl.auto", schema)
        .setProperty("hibernate.jdbc.batch_size", "10")
        .setProperty("hibernate.default_batch_fetch_size", batchFetchSize)
        .addAnnotatedClass(Customer.class)
        .addAnnotatedClass(Invoice.class)
        .addAnnotatedClass(Line.class)
        .addAnnotatedClass(Shelf.class)
        .addAnnotatedClass(Book.class)
        .addAnnotatedClass(Note.class)
        .addAnnotatedClass(Entry.class)
        .buildSessionFactory();
  }

  private String in(SessionFactory factory, Function<Session, Integer> work) {
    try (Session session = factory.openSession()) {
      session.beginTransaction();
      int found = work.apply(session);
      session.getTransaction().commit();
      return "" + found;
    }
  }

  private static int lazy(Session session) {
    int lines = 0;
    for (Customer customer :
        session.createQuery("from Customer c where c.id <= 20", Customer.class).getResultList()) {
      lines += customer.lines.size(); // <- lazy
    }
    return lines;
  }

  /** Each invoice's customer is read by itself: a query does not join what is EAGER. */
  private static int eager(Session session) {
    return session.createQuery("from Invoice", Invoice.class).getResultList().size(); // <- eager
  }

  private static int identity(Session session) {
    for (int i = 0; i < 25; i++) {
      session.persist(new Note()); // <- identity
    }
    return 25;
  }

  private static int joinFetch(Session session) {
    int lines = 0;
    for (Customer customer :
        session
            .createQuery("select distinct c from Customer c join fetch c.lines", Customer.class)
            .getResultList()) {
      lines += customer.lines.size();
    }
    return lines;
  }

  private static int batchSize(Session session) {
    int books = 0;
    for (Shelf shelf : session.createQuery("from Shelf", Shelf.class).getResultList()) {
      books += shelf.books.size();
    }
    return books;
  }

  private static int batched(Session session) {
    for (int i = 0; i < 50; i++) {
      session.persist(new Entry());
    }
    return 50;
  }

  private static int fill(Session session) {
    for (int i = 1; i <= 20; i++) {
      Customer customer = new Customer();
      customer.id = i;
      session.persist(customer);
      Invoice invoice = new Invoice();
      invoice.id = i;
      invoice.customer = customer;
      session.persist(invoice);
      for (int k = 0; k < 2; k++) {
        Line line = new Line();
        line.id = i * 10 + k;
        line.customer = customer;
        session.persist(line);
      }
    }
    for (int i = 1; i <= 60; i++) {
      Shelf shelf = new Shelf();
      shelf.id = i;
      session.persist(shelf);
      Book book = new Book();
      book.id = i;
      book.shelf = shelf;
      session.persist(book);
    }
    return 20;
  }

  @Entity(name = "Customer")
  public static class Customer {
    @Id int id;

    @OneToMany(mappedBy = "customer")
    List<Line> lines = new ArrayList<>();
  }

  @Entity(name = "Invoice")
  public static class Invoice {
    @Id int id;

    @ManyToOne(fetch = FetchType.EAGER)
    @JoinColumn(name = "customer_id")
    Customer customer;
  }

  @Entity(name = "Line")
  public static class Line {
    @Id int id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "customer_id")
    Customer customer;
  }

  @Entity(name = "Shelf")
  public static class Shelf {
    @Id int id;

    @OneToMany(mappedBy = "shelf")
    @BatchSize(size = 10)
    List<Book> books = new ArrayList<>();
  }

  @Entity(name = "Book")
  public static class Book {
    @Id int id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "shelf_id")
    Shelf shelf;
  }

  /** The database makes the key, so each row is inserted by itself. */
  @Entity(name = "Note")
  public static class Note {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    int id;
  }

  @Entity(name = "Entry")
  public static class Entry {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "entry")
    @SequenceGenerator(name = "entry", sequenceName = "entry_seq", allocationSize = 50)
    int id;
  }
}
