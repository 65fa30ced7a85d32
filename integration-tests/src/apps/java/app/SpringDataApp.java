package app;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** Spring Data JPA: entities found one by one, and all at once. */
public final class SpringDataApp {
  private SpringDataApp() {}

  public static void main(String[] args) throws Exception {
    AnnotationConfigApplicationContext spring =
        new AnnotationConfigApplicationContext(Config.class);
    Products products = spring.getBean(Products.class);
    products.saveAll(IntStream.rangeClosed(1, 30).mapToObj(Product::of).toList());
    List<Integer> ids = IntStream.rangeClosed(1, 20).boxed().toList();
    new Web(4)
        .on("/find_by_id", query -> findEach(products, ids))
        .on("/find_all_by_id", query -> "" + products.findAllById(ids).size())
        .start();
  }

  private static String findEach(Products products, List<Integer> ids) {
    int found = 0;
    for (int id : ids) {
      found += products.findById(id).isPresent() ? 1 : 0; // <- find by id
    }
    return "" + found;
  }

  /** The repository, a proxy when it runs. */
  public interface Products extends JpaRepository<Product, Integer> {}

  /** What is stored. */
  @Entity(name = "Product")
  public static class Product {
    @Id int id;
    String name;

    static Product of(int id) {
      Product product = new Product();
      product.id = id;
      product.name = "product" + id;
      return product;
    }
  }

  /** What Spring Boot would make of it. */
  @Configuration
  @EnableJpaRepositories(basePackages = "app", considerNestedRepositories = true)
  public static class Config {
    @Bean
    DataSource dataSource() {
      return new DriverManagerDataSource("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa", "");
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource source) {
      LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
      factory.setDataSource(source);
      factory.setManagedTypes(
          org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes.of(
              Product.class.getName()));
      factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
      factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create"));
      return factory;
    }

    @Bean
    JpaTransactionManager transactionManager(EntityManagerFactory factory) {
      return new JpaTransactionManager(factory);
    }
  }
}
