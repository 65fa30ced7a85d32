package app;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.ArrayList;
import java.util.List;
import javax.persistence.Entity;
import javax.persistence.FetchType;
import javax.persistence.Id;
import javax.persistence.ManyToOne;
import javax.persistence.OneToMany;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

// import java.util.Collection;
// import java.util.HashMap;
// import java.util.Map;
// import java.util.concurrent.CompletableFuture;
// import org.dataloader.DataLoader;
// import org.dataloader.DataLoaderFactory;
// import org.dataloader.DataLoaderRegistry;
// import org.hibernate.annotations.BatchSize;

/** GraphQL Java over Hibernate's entities, a session a query, with places for what mends it. */
public final class GraphQlHibernateApp {
  private static final String SCHEMA =
      "type Query { shelves: [Shelf], books: [Book], counts: [Int] }"
          + " type Shelf { id: Int, books: [Book] }"
          + " type Book { id: Int, author: Author } type Author { name: String }";

  private final SessionFactory sessions;
  private final GraphQL graphQl =
      GraphQL.newGraphQL(
              new SchemaGenerator()
                  .makeExecutableSchema(
                      new SchemaParser().parse(SCHEMA),
                      RuntimeWiring.newRuntimeWiring()
                          .type("Query", type -> type.dataFetcher("shelves", this::shelves))
                          .type("Query", type -> type.dataFetcher("books", this::books))
                          .type("Query", type -> type.dataFetcher("counts", this::counts))
                          .type("Shelf", type -> type.dataFetcher("books", this::booksOf))
                          .type("Author", type -> type.dataFetcher("name", this::nameOf))
                          .build()))
          .build();

  private GraphQlHibernateApp(SessionFactory sessions) {
    this.sessions = sessions;
  }

  public static void main(String[] args) throws Exception {
    GraphQlHibernateApp plain = new GraphQlHibernateApp(sessions("create", ""));
    try (Session session = plain.sessions.openSession()) {
      session.beginTransaction();
      fill(session);
      session.getTransaction().commit();
    }
    GraphQlHibernateApp set = plain;
    // sin: shelves
    // mend: shelves by setting
    // set = new GraphQlHibernateApp(sessions("none", "{code}"));
    // done
    GraphQlHibernateApp shelves = set;
    GraphQlHibernateApp otherwise = plain;
    // sin: authors
    // mend: authors by setting
    // otherwise = new GraphQlHibernateApp(sessions("none", "{code}"));
    // done
    GraphQlHibernateApp authors = otherwise;
    new Web(4)
        .on("/barrier", query -> plain.barrier())
        .on("/shelves", query -> shelves.execute("{ shelves { id books { id } } }"))
        .on("/authors", query -> authors.execute("{ books { id author { name } } }"))
        .on("/counts", query -> plain.execute("{ counts }"))
        .start();
  }

  private static SessionFactory sessions(String schema, String setting) {
    Configuration configuration =
        new Configuration()
            .setProperty("hibernate.connection.url", "jdbc:h2:mem:shelves;DB_CLOSE_DELAY=-1")
            .setProperty("hibernate.connection.username", "sa")
            .setProperty("hibernate.connection.password", "")
            .setProperty("hibernate.hbm2ddl.auto", schema)
            .addAnnotatedClass(Shelf.class)
            .addAnnotatedClass(Book.class)
            .addAnnotatedClass(Author.class);
    if (!setting.isEmpty()) {
      configuration.setProperty(setting.split("=")[0], setting.split("=")[1]);
    }
    return configuration.buildSessionFactory();
  }

  private static void fill(Session session) {
    for (int i = 1; i <= 12; i++) {
      Author author = new Author();
      author.id = i;
      author.name = "author" + i;
      session.persist(author);
      Shelf shelf = new Shelf();
      shelf.id = i;
      session.persist(shelf);
      for (int k = 0; k < 2; k++) {
        Book book = new Book();
        book.id = 10 * i + k;
        book.shelf = shelf;
        book.author = author;
        session.persist(book);
      }
    }
  }

  /** A loop that nobody mends. */
  private String barrier() {
    int found = 0;
    try (Session session = sessions.openSession()) {
      for (int id = 1; id <= 12; id++) {
        found +=
            session
                .createQuery("from Author a where a.id = :id", Author.class)
                .setParameter("id", id)
                .getResultList()
                .size();
      }
    }
    return "" + found;
  }

  private String execute(String query) {
    try (Session session = sessions.openSession()) {
      ExecutionInput.Builder input = ExecutionInput.newExecutionInput(query);
      input.graphQLContext(java.util.Map.of("session", session));
      // sin: shelves
      // mend: shelves by loader
      // DataLoader<Object, Object> loader = DataLoaderFactory.newMappedDataLoader(
      //     keys -> CompletableFuture.completedFuture(readAll(session, keys)));
      // input.dataLoaderRegistry(new DataLoaderRegistry().register("loader", loader));
      // done
      return "" + graphQl.execute(input.build()).toSpecification();
    }
  }

  private static Session session(DataFetchingEnvironment environment) {
    return environment.getGraphQlContext().get("session");
  }

  private List<Shelf> shelves(DataFetchingEnvironment environment) {
    return session(environment)
        .createQuery("from Shelf s order by s.id", Shelf.class)
        .getResultList();
  }

  private List<Book> books(DataFetchingEnvironment environment) {
    return session(environment)
        .createQuery("from Book b order by b.id", Book.class)
        .getResultList();
  }

  /** A loop of its own over what is lazy, whoever asks for the field. */
  private List<Integer> counts(DataFetchingEnvironment environment) {
    List<Integer> counts = new ArrayList<>();
    String query = "from Shelf s order by s.id";
    // sin: counts
    // mend: counts by query
    // query = "{code} order by s.id";
    // done
    for (Shelf shelf : session(environment).createQuery(query, Shelf.class).getResultList()) {
      counts.add(shelf.books.size()); // <- counts
    }
    return counts;
  }

  private Object booksOf(DataFetchingEnvironment environment) {
    Shelf shelf = environment.getSource();
    // sin: shelves
    return new ArrayList<>(shelf.books); // <- shelves
    // mend: shelves by loader
    // return environment.getDataLoader("loader").load(shelf.id);
    // done
  }

  private Object nameOf(DataFetchingEnvironment environment) {
    Author author = environment.getSource();
    return author.getName(); // <- authors
  }

  // sin: shelves
  // mend: shelves by loader
  // private static Map<Object, Object> readAll(Session session, Collection<Object> keys) {
  //   Map<Object, Object> all = new HashMap<>();
  //   List<Book> read =
  //       session
  //           .createQuery(
  //               "from Book b where b.shelf.id in (:keys) order by b.id", Book.class)
  //           .setParameterList("keys", keys)
  //           .getResultList();
  //   for (Book book : read) {
  //     List<Object> books =
  //         (List<Object>) all.computeIfAbsent(book.shelf.id, none -> new ArrayList<Object>());
  //     books.add(book);
  //   }
  //   return all;
  // }
  // done

  @Entity(name = "Shelf")
  public static class Shelf {
    @Id int id;

    // sin: shelves
    // mend: shelves by batch
    // {code}
    // done
    @OneToMany(mappedBy = "shelf")
    List<Book> books = new ArrayList<>();

    public int getId() {
      return id;
    }
  }

  @Entity(name = "Book")
  public static class Book {
    @Id int id;

    @ManyToOne(fetch = FetchType.LAZY)
    Shelf shelf;

    @ManyToOne(fetch = FetchType.LAZY)
    Author author;

    public int getId() {
      return id;
    }

    public Author getAuthor() {
      return author;
    }
  }

  // sin: authors
  // mend: authors by batch
  // {code}
  // done
  @Entity(name = "Author")
  public static class Author {
    @Id int id;

    String name;

    public String getName() {
      return name;
    }
  }
}
