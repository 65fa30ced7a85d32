package app;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.persistence.Entity;
import javax.persistence.EntityManagerFactory;
import javax.persistence.FetchType;
import javax.persistence.GeneratedValue;
import javax.persistence.GenerationType;
import javax.persistence.Id;
import javax.persistence.ManyToOne;
import javax.persistence.OneToMany;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

// import java.util.Collection;
// import java.util.Map;
// import java.util.stream.Collectors;
// import javax.persistence.SequenceGenerator;
// import org.hibernate.annotations.BatchSize;
// import org.springframework.data.jpa.repository.EntityGraph;
// import org.springframework.transaction.annotation.Transactional;

/** Spring Data JPA on Hibernate 5 to 7, with places for what mends it. */
public final class SpringFetchApp {
  private SpringFetchApp() {}

  public static void main(String[] args) throws Exception {
    AnnotationConfigApplicationContext spring =
        new AnnotationConfigApplicationContext(Config.class);
    Customers customers = spring.getBean(Customers.class);
    Products products = spring.getBean(Products.class);
    Lines lines = spring.getBean(Lines.class);
    Notes notes = spring.getBean(Notes.class);
    TransactionTemplate transaction =
        new TransactionTemplate(spring.getBean(PlatformTransactionManager.class));
    transaction.executeWithoutResult(
        status -> {
          City city = new City();
          city.name = "Uppsala";
          spring.getBean(Cities.class).save(city);
          for (int i = 1; i <= 20; i++) {
            customers.save(Customer.of(i, city));
            products.save(Product.of(i));
            Tag tag = new Tag();
            tag.id = i;
            spring.getBean(Tags.class).save(tag);
          }
        });
    transaction.executeWithoutResult(
        status ->
            customers
                .findAll()
                .forEach(customer -> customer.fill(lines, spring.getBean(Orders.class))));
    List<Integer> ids = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      ids.add(i);
    }
    new Web(4)
        .on("/barrier", query -> barrier(products))
        .on("/graph", query -> graph(customers, transaction))
        .on("/page", query -> transaction.execute(status -> page(customers)))
        .on("/by_id", query -> byId(products, ids))
        .on("/derived", query -> derived(lines, ids))
        .on("/save", query -> save(notes))
        .on("/own_query", query -> ownQuery(lines, ids))
        .on("/remove", query -> remove(spring.getBean(Tags.class)))
        .on("/same", query -> spring.getBean(Shelves.class).same())
        .start();
  }

  private static String barrier(Products products) {
    int found = 0;
    for (int id = 1; id <= 12; id++) {
      found += products.existsById(id) ? 1 : 0;
    }
    return "" + found;
  }

  /** What is EAGER is there when the transaction is over. */
  private static String graph(Customers customers, TransactionTemplate transaction) {
    List<String> names = new ArrayList<>();
    List<Customer> all = new ArrayList<>();
    transaction.executeWithoutResult(
        status -> {
          for (Customer customer : customers.findAll()) {
            all.add(customer);
            for (Order order : customer.orders) {
              names.add(customer.id + ":" + order.id + ":" + order.lines.size());
            }
          }
        });
    for (Customer customer : all) {
      names.add(customer.city.getName());
    }
    return "" + names;
  }

  private static String page(Customers customers) {
    List<String> names = new ArrayList<>();
    for (Customer customer : customers.findAll(PageRequest.of(0, 10))) {
      names.add(customer.id + ":" + customer.orders.size());
    }
    return "" + names;
  }

  private static String byId(Products repository, List<Integer> ids) {
    List<String> names = new ArrayList<>();
    // sin: by_id
    for (int id : ids) {
      names.add(repository.findById(id).get().name);
    }
    // mend: by_id by map
    // Map<Integer, Product> byId =
    // {code};
    // for (int id : ids) {
    //   names.add(byId.get(id).name);
    // }
    // done
    return "" + names;
  }

  private static String derived(Lines lines, List<Integer> ids) {
    int found = 0;
    // sin: derived
    for (int id : ids) {
      found += lines.findByNumber(id).size();
    }
    // mend: derived by in
    // found += lines.findByNumberIn(ids).size();
    // done
    return "" + found;
  }

  private static String ownQuery(Lines lines, List<Integer> ids) {
    int found = 0;
    // sin: own_query
    for (int id : ids) {
      found += lines.numbered(id).size();
    }
    // mend: own_query by in
    // found += lines.numberedAs(ids).size();
    // done
    return "" + found;
  }

  private static String remove(Tags tags) {
    // sin: remove
    tags.deleteAll();
    // mend: remove by batch
    // tags.deleteAllInBatch();
    // done
    return "" + tags.count();
  }

  private static String save(Notes notes) {
    // sin: save
    for (int i = 0; i < 60; i++) {
      notes.save(new Note());
    }
    // mend: save by setting
    // List<Note> all = new ArrayList<>();
    // for (int i = 0; i < 60; i++) {
    //   all.add(new Note());
    // }
    // notes.saveAll(all);
    // done
    return "saved";
  }

  /** A service, of which Spring makes a proxy where it has transactions. */
  public static class Shelves {
    private final Products repository;

    Shelves(Products repository) {
      this.repository = repository;
    }

    // sin: same
    // mend: same by transaction
    // {code}
    // done
    public String same() {
      StringBuilder names = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        names.append(repository.findById(1 + i % 2).get().name);
      }
      return "" + names;
    }
  }

  /** A repository, a proxy when it runs; so are the others. */
  public interface Customers extends JpaRepository<Customer, Integer> {
    // sin: graph
    // mend: graph by graph
    // {code}
    // @Override
    // List<Customer> findAll();
    // mend: graph by query
    // @Query("{code}")
    // @Override
    // List<Customer> findAll();
    // done
  }

  /** Of customers. */
  public interface Orders extends JpaRepository<Order, Integer> {}

  /** Of orders. */
  public interface Lines extends JpaRepository<Line, Integer> {
    // sin: derived
    List<Line> findByNumber(int number);

    // mend: derived by in
    // List<Line> {code}<Integer> numbers);
    // done

    @Query("select l from Line l where l.number = ?1")
    List<Line> numbered(int number);

    // sin: own_query
    // mend: own_query by in
    // @Query("select l from Line l where l.number in ?1")
    // List<Line> numberedAs(Collection<Integer> numbers);
    // done
  }

  /** Of nobody. */
  public interface Products extends JpaRepository<Product, Integer> {}

  /** Of customers. */
  public interface Cities extends JpaRepository<City, Integer> {}

  /** What is removed. */
  public interface Tags extends JpaRepository<Tag, Integer> {}

  /** What is written. */
  public interface Notes extends JpaRepository<Note, Integer> {}

  /** Where customers live. */
  @Entity(name = "City")
  public static class City {
    @Id int id = 1;
    String name;

    public String getName() {
      return name;
    }
  }

  /** Has orders, which have lines. */
  @Entity(name = "Customer")
  public static class Customer {
    @Id int id;

    @ManyToOne(fetch = FetchType.EAGER)
    City city;

    // sin: page
    // mend: page by batch
    // {code}
    // done
    @OneToMany(mappedBy = "customer")
    List<Order> orders = new ArrayList<>();

    static Customer of(int id, City city) {
      Customer customer = new Customer();
      customer.id = id;
      customer.city = city;
      return customer;
    }

    void fill(Lines lines, Orders all) {
      for (int k = 0; k < 2 && id > 1; k++) {
        Order order = new Order();
        order.id = 10 * id + k;
        order.customer = this;
        all.save(order);
        Line line = new Line();
        line.id = order.id;
        line.number = id;
        line.order = order;
        lines.save(line);
      }
    }
  }

  /** Of a customer. */
  @Entity(name = "CustomerOrder")
  public static class Order {
    @Id int id;

    @ManyToOne(fetch = FetchType.LAZY)
    Customer customer;

    @OneToMany(mappedBy = "order")
    Set<Line> lines = new LinkedHashSet<>();
  }

  /** Of an order. */
  @Entity(name = "Line")
  public static class Line {
    @Id int id;
    int number;

    @ManyToOne(fetch = FetchType.LAZY)
    Order order;
  }

  /** What is looked up. */
  @Entity(name = "Product")
  public static class Product {
    @Id int id;
    String name;

    public int getId() {
      return id;
    }

    static Product of(int id) {
      Product product = new Product();
      product.id = id;
      product.name = "product" + id;
      return product;
    }
  }

  /** To be removed. */
  @Entity(name = "Tag")
  public static class Tag {
    @Id int id;
  }

  /** The database makes the key. */
  @Entity(name = "Note")
  public static class Note {
    @Id
    // sin: save
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    // mend: save by id
    // {code}
    // done
    Integer id;
  }

  /** What Spring Boot would make of it. */
  @Configuration
  @EnableTransactionManagement
  @EnableJpaRepositories(basePackages = "app", considerNestedRepositories = true)
  public static class Config {
    @Bean
    DataSource dataSource() {
      return new DriverManagerDataSource("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa", "");
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource source)
        throws Exception {
      LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
      factory.setDataSource(source);
      factory.setPackagesToScan("app");
      factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
      Properties settings = new Properties();
      settings.setProperty("hibernate.hbm2ddl.auto", "create");
      String more =
          // sin: save
          ""
          // mend: save by setting
          // """
          // {code}
          // """
          // done
          ;
      settings.load(new StringReader(more));
      factory.setJpaProperties(settings);
      return factory;
    }

    @Bean
    Shelves shelves(Products products) {
      return new Shelves(products);
    }

    @Bean
    JpaTransactionManager transactionManager(EntityManagerFactory factory) {
      return new JpaTransactionManager(factory);
    }
  }
}
