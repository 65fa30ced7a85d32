package app;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import javax.persistence.Entity;
import javax.persistence.FetchType;
import javax.persistence.GeneratedValue;
import javax.persistence.GenerationType;
import javax.persistence.Id;
import javax.persistence.ManyToOne;
import javax.persistence.MappedSuperclass;
import javax.persistence.OneToMany;
import javax.persistence.OneToOne;
import javax.persistence.Table;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

// import javax.persistence.SequenceGenerator;
// import javax.persistence.TableGenerator;
// import org.hibernate.annotations.BatchSize;

/**
 * Hibernate 5 to 7: each way in which it loads on its own, with places for what mends it;
 * arguments: another database's address and user.
 */
public final class FetchApp {
  private static String url = "jdbc:h2:mem:books;DB_CLOSE_DELAY=-1";
  private static String user = "sa";
  private static SessionFactory plain;

  private FetchApp() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      url = args[0];
      user = args[1];
    }
    plain = sessions("create", "");
    try (Session session = plain.openSession()) {
      session.beginTransaction();
      fill(session);
      session.getTransaction().commit();
    }
    Web web = new Web(4);
    on(web, "/barrier", FetchApp::barrier);
    on(web, "/lazy", FetchApp::lazy);
    on(web, "/nested", FetchApp::nested);
    on(web, "/one", FetchApp::one);
    on(web, "/bags", FetchApp::bags);
    on(web, "/paged", FetchApp::paged);
    on(web, "/leads_on", FetchApp::leadsOn);
    on(web, "/eager", FetchApp::eager);
    on(web, "/proxy", FetchApp::proxy);
    on(web, "/unique", FetchApp::unique);
    on(web, "/identity", FetchApp::identity);
    on(web, "/update", FetchApp::update);
    on(web, "/find", FetchApp::find);
    on(web, "/named", FetchApp::named);
    on(web, "/delete", FetchApp::delete);
    on(web, "/small_writes", FetchApp::update);
    on(web, "/small_reads", FetchApp::books);
    on(web, "/insert", FetchApp::insert);
    web.start();
  }

  /** What Hibernate is told, of one path alone. */
  private static String settings(String path) {
    // sin: eager
    // mend: eager by setting
    // if (path.equals("/eager")) return """
    // {code}
    // """;
    // done
    // sin: paged
    // mend: paged by setting
    // if (path.equals("/paged")) return """
    // {code}
    // """;
    // done
    // sin: bags
    // mend: bags by setting
    // if (path.equals("/bags")) return """
    // {code}
    // """;
    // done
    // sin: proxy
    // mend: proxy by setting
    // if (path.equals("/proxy")) return """
    // {code}
    // """;
    // done
    // sin: identity
    // mend: identity by setting
    // if (path.equals("/identity")) return """
    // {code}
    // """;
    // done
    // sin: delete
    // mend: delete by setting
    // if (path.equals("/delete")) return """
    // {code}
    // """;
    // done
    // sin: insert
    // mend: insert by setting
    // if (path.equals("/insert")) return """
    // {code}
    // """;
    // done
    // sin: small_writes
    if (path.equals("/small_writes")) return "hibernate.jdbc.batch_size=2";
    // mend: small_writes by setting
    // if (path.equals("/small_writes")) return """
    // {code}
    // """;
    // done
    // sin: small_reads
    if (path.equals("/small_reads")) return "hibernate.default_batch_fetch_size=3";
    // mend: small_reads by setting
    // if (path.equals("/small_reads")) return """
    // {code}
    // """;
    // done
    // sin: update
    // mend: update by setting
    // if (path.equals("/update")) return """
    // {code}
    // """;
    // done
    return "";
  }

  private static void on(Web web, String path, Function<Session, Object> work) throws Exception {
    String settings = settings(path);
    SessionFactory factory = settings.isEmpty() ? plain : sessions("none", settings);
    web.on(
        path,
        query -> {
          try (Session session = factory.openSession()) {
            session.beginTransaction();
            Object found = work.apply(session);
            session.getTransaction().commit();
            return "" + found;
          }
        });
  }

  private static SessionFactory sessions(String schema, String settings) throws Exception {
    Properties more = new Properties();
    more.load(new StringReader(settings));
    Configuration configuration =
        new Configuration()
            .setProperty("hibernate.connection.url", url)
            .setProperty("hibernate.connection.username", user)
            .setProperty("hibernate.connection.password", "")
            .setProperty("hibernate.hbm2ddl.auto", schema)
            .addProperties(more);
    for (Class<?> type : FetchApp.class.getDeclaredClasses()) {
      configuration.addAnnotatedClass(type);
    }
    return configuration.buildSessionFactory();
  }

  private static <T> List<T> all(Session session, String query, Class<T> type) {
    return session.createQuery(query, type).getResultList();
  }

  /** Nobody mends this one: when it is told, what came before was judged. */
  private static Object barrier(Session session) {
    int found = 0;
    for (int id = 1; id <= 12; id++) {
      found +=
          session
              .createQuery("from Note n where n.id = :id")
              .setParameter("id", id)
              .getResultList()
              .size();
    }
    return found;
  }

  /** The first author has no books, as not each has some. */
  private static Object lazy(Session session) {
    List<String> titles = new ArrayList<>();
    // sin: lazy
    String query = "from Author";
    // mend: lazy by query
    // String query = "{code}";
    // done
    for (Author author : all(session, query, Author.class)) {
      titles.add(author.id + ":" + author.books.size()); // <- lazy
    }
    return titles;
  }

  private static Object nested(Session session) {
    List<String> titles = new ArrayList<>();
    // sin: nested
    String query = "from Author";
    // mend: nested by query
    // String query = "{code}";
    // done
    for (Author author : all(session, query, Author.class)) {
      for (Book book : author.books) {
        titles.add(author.id + ":" + book.id + ":" + book.chapters.size());
      }
    }
    return titles;
  }

  /** Its books are read once, and the chapters of each. */
  private static Object one(Session session) {
    List<String> titles = new ArrayList<>();
    // sin: one
    String query = "from Author a where a.id = 25";
    // mend: one by query
    // String query = "{code} where a.id = 25";
    // done
    for (Book book : all(session, query, Author.class).get(0).books) {
      titles.add(book.id + ":" + book.chapters.size());
    }
    return titles;
  }

  private static Object bags(Session session) {
    List<String> names = new ArrayList<>();
    for (Album album : all(session, "from Album", Album.class)) {
      for (Track track : album.tracks) {
        names.add(album.id + ":" + track.id + ":" + track.takes.size());
      }
    }
    return names;
  }

  private static Object paged(Session session) {
    List<String> names = new ArrayList<>();
    for (Shelf shelf :
        session
            .createQuery("from Shelf s order by s.id", Shelf.class)
            .setFirstResult(3)
            .setMaxResults(12)
            .getResultList()) {
      names.add(shelf.id + ":" + shelf.items.size());
    }
    return names;
  }

  private static Object eager(Session session) {
    List<String> names = new ArrayList<>();
    for (Copy copy : all(session, "from Copy c order by c.id", Copy.class)) {
      names.add(copy.id + ":" + copy.publisher.name);
    }
    return names;
  }

  private static Object leadsOn(Session session) {
    List<String> names = new ArrayList<>();
    for (Store store : all(session, "from Store", Store.class)) {
      store.copies.forEach(copy -> names.add(store.id + ":" + copy.publisher.name));
    }
    return names;
  }

  private static Object proxy(Session session) {
    List<String> names = new ArrayList<>();
    // sin: proxy
    String query = "from Item i order by i.id";
    // mend: proxy by join
    // String query = "select i from Item i left join fetch i.maker order by i.id";
    // done
    for (Item item : all(session, query, Item.class)) {
      names.add(item.id + ":" + item.maker.getName());
    }
    return names;
  }

  private static Object unique(Session session) {
    List<String> texts = new ArrayList<>();
    // sin: unique
    String query = "from Owner";
    // mend: unique by query
    // String query = "{code}";
    // done
    for (Owner owner : all(session, query, Owner.class)) {
      texts.add(owner.id + ":" + (owner.profile == null ? null : owner.profile.text));
    }
    return texts;
  }

  private static Object identity(Session session) {
    for (int i = 0; i < 60; i++) {
      session.persist(new Note());
    }
    return 60;
  }

  private static Object update(Session session) {
    List<Chapter> chapters = all(session, "from Chapter", Chapter.class);
    chapters.forEach(chapter -> chapter.pages++);
    return chapters.size();
  }

  private static Object find(Session session) {
    List<String> names = new ArrayList<>();
    List<Integer> ids = all(session, "select p.id from Publisher p order by p.id", Integer.class);
    // sin: find
    for (int id : ids) {
      names.add(session.find(Publisher.class, id).name);
    }
    // mend: find by ids
    // Session entityManager = session;
    // Class<Publisher> type = Publisher.class;
    // for (Publisher one : {code}) names.add(one.name);
    // done
    return names;
  }

  private static Object named(Session session) {
    List<String> names = new ArrayList<>();
    List<Integer> ids = all(session, "select p.id from Publisher p order by p.id", Integer.class);
    String query = "from Publisher p where p.id = :id";
    // sin: named
    for (int id : ids) {
      names.add(
          session
              .createQuery(query, Publisher.class)
              .setParameter("id", id)
              .getSingleResult()
              .name);
    }
    // mend: named by list
    // session
    //     .createQuery("from Publisher p where p.id in (:values) order by p.id", Publisher.class)
    //     .setParameterList("values", ids)
    //     .getResultList()
    //     .forEach(publisher -> names.add(publisher.name));
    // done
    return names;
  }

  private static Object delete(Session session) {
    List<Stray> strays = all(session, "from Stray s where s.id <= 60", Stray.class);
    // sin: delete
    strays.forEach(session::remove);
    // mend: delete by query
    // List<Integer> ids = new ArrayList<>();
    // strays.forEach(stray -> ids.add(stray.id));
    // session
    //     .createQuery("delete from Stray s where s.id in (:ids)")
    //     .setParameterList("ids", ids)
    //     .executeUpdate();
    // done
    return strays.size();
  }

  private static Object books(Session session) {
    int books = 0;
    for (Author author : all(session, "from Author", Author.class)) {
      books += author.books.size();
    }
    return books;
  }

  private static Object insert(Session session) {
    for (int id = 101; id <= 160; id++) {
      with(session, new Stray(), id);
    }
    return 60;
  }

  private static void fill(Session session) {
    for (int id = 1; id <= 60; id++) {
      with(session, new Stray(), id);
    }
    Author prolific = with(session, new Author(), 25);
    for (int id = 1000; id < 1012; id++) {
      Book book = with(session, new Book(), id);
      book.author = prolific;
      with(session, new Chapter(), id).book = book;
    }
    for (int i = 1; i <= 24; i++) {
      Author author = with(session, new Author(), i);
      Publisher publisher = with(session, new Publisher(), i);
      publisher.name = "publisher" + i;
      Store store = with(session, new Store(), i);
      Album album = with(session, new Album(), i);
      Shelf shelf = with(session, new Shelf(), i);
      Owner owner = with(session, new Owner(), i);
      Profile profile = with(session, new Profile(), i);
      profile.owner = owner;
      profile.text = "text" + i;
      Maker maker = with(session, new Maker(), i);
      maker.name = "maker" + i;
      for (int k = 0; k < 2 && i > 1; k++) {
        int id = i * 10 + k;
        Book book = with(session, new Book(), id);
        book.author = author;
        Copy copy = with(session, new Copy(), id);
        copy.store = store;
        copy.publisher = publisher;
        with(session, new Chapter(), id).book = book;
        Track track = with(session, new Track(), id);
        track.album = album;
        with(session, new Take(), id).track = track;
        Item item = with(session, new Item(), id);
        item.shelf = shelf;
        item.maker = maker;
      }
    }
  }

  private static <T extends Numbered> T with(Session session, T entity, int id) {
    entity.id = id;
    session.persist(entity);
    return entity;
  }

  /** A key that the application gives. */
  @MappedSuperclass
  public abstract static class Numbered {
    @Id int id;
  }

  @Entity(name = "Author")
  @Table(name = "authors")
  public static class Author extends Numbered {
    // sin: lazy
    // mend: lazy by batch
    // {code}
    // done
    @OneToMany(mappedBy = "author")
    List<Book> books = new ArrayList<>();
  }

  @Entity(name = "Book")
  @Table(name = "books")
  public static class Book extends Numbered {
    @ManyToOne(fetch = FetchType.LAZY)
    Author author;

    @OneToMany(mappedBy = "book")
    Set<Chapter> chapters = new LinkedHashSet<>();
  }

  @Entity(name = "Chapter")
  @Table(name = "chapters")
  public static class Chapter extends Numbered {
    int pages;

    @ManyToOne(fetch = FetchType.LAZY)
    Book book;
  }

  @Entity(name = "Store")
  public static class Store extends Numbered {
    // sin: leads_on
    // mend: leads_on by batch
    // {code}
    // done
    @OneToMany(mappedBy = "store")
    List<Copy> copies = new ArrayList<>();
  }

  @Entity(name = "Copy")
  public static class Copy extends Numbered {
    @ManyToOne(fetch = FetchType.LAZY)
    Store store;

    @ManyToOne(fetch = FetchType.EAGER)
    Publisher publisher;
  }

  // sin: eager
  // mend: eager by batch
  // {code}
  // done
  @Entity(name = "Publisher")
  public static class Publisher extends Numbered {
    String name;
  }

  @Entity(name = "Album")
  public static class Album extends Numbered {
    // sin: bags
    // mend: bags by batch
    // {code}
    // done
    @OneToMany(mappedBy = "album")
    List<Track> tracks = new ArrayList<>();
  }

  @Entity(name = "Track")
  public static class Track extends Numbered {
    @ManyToOne(fetch = FetchType.LAZY)
    Album album;

    // sin: bags
    // mend: bags by batch
    // {code}
    // done
    @OneToMany(mappedBy = "track")
    List<Take> takes = new ArrayList<>();
  }

  @Entity(name = "Take")
  public static class Take extends Numbered {
    @ManyToOne(fetch = FetchType.LAZY)
    Track track;
  }

  @Entity(name = "Shelf")
  public static class Shelf extends Numbered {
    // sin: paged
    // mend: paged by batch
    // {code}
    // done
    @OneToMany(mappedBy = "shelf")
    List<Item> items = new ArrayList<>();
  }

  @Entity(name = "Item")
  public static class Item extends Numbered {
    @ManyToOne(fetch = FetchType.LAZY)
    Shelf shelf;

    @ManyToOne(fetch = FetchType.LAZY)
    Maker maker;
  }

  // sin: proxy
  // mend: proxy by batch
  // {code}
  // done
  @Entity(name = "Maker")
  public static class Maker extends Numbered {
    String name;

    public String getName() {
      return name;
    }
  }

  @Entity(name = "Owner")
  @Table(name = "owners")
  public static class Owner extends Numbered {
    @OneToOne(mappedBy = "owner")
    Profile profile;
  }

  @Entity(name = "Profile")
  public static class Profile extends Numbered {
    String text;

    @OneToOne(fetch = FetchType.LAZY)
    Owner owner;
  }

  /** To come and to go. */
  @Entity(name = "Stray")
  public static class Stray extends Numbered {}

  /** The database makes the key. */
  @Entity(name = "Note")
  public static class Note {
    @Id
    // sin: identity
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    // mend: identity by id
    // {code}
    // done
    int id;
  }
}
