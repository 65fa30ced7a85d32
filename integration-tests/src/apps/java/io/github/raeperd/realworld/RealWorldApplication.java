package io.github.raeperd.realworld;

import app.Web;
import io.github.raeperd.realworld.domain.article.Article;
import io.github.raeperd.realworld.domain.article.ArticleRepository;
import io.github.raeperd.realworld.domain.article.ArticleService;
import io.github.raeperd.realworld.domain.article.Favorite;
import io.github.raeperd.realworld.domain.article.FavoriteRepository;
import io.github.raeperd.realworld.domain.article.Tag;
import io.github.raeperd.realworld.domain.user.User;
import io.github.raeperd.realworld.domain.user.UserRepository;
import java.util.Map;
import java.util.Set;
import javax.persistence.EntityManagerFactory;
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
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** A place for articles, on JPA. */
public final class RealWorldApplication {
  private RealWorldApplication() {}

  public static void main(String[] args) throws Exception {
    AnnotationConfigApplicationContext spring =
        new AnnotationConfigApplicationContext(Config.class);
    fill(spring);
    ArticleService service = spring.getBean(ArticleService.class);
    new Web(4).on("/api/articles", query -> "" + service.getArticles(1)).start();
  }

  private static void fill(AnnotationConfigApplicationContext spring) {
    Tag java = spring.getBean(Tags.class).save(new Tag("java"));
    Tag sql = spring.getBean(Tags.class).save(new Tag("sql"));
    long like = 0;
    for (long id = 1; id <= 24; id++) {
      User author =
          id > 12
              ? spring.getBean(UserRepository.class).findById(id - 12).orElseThrow()
              : spring.getBean(UserRepository.class).save(new User(id, "user" + id));
      spring.getBean(ArticleRepository.class).save(new Article(id, author, Set.of(java, sql)));
      for (long k = 0; k < id % 3; k++) {
        spring.getBean(FavoriteRepository.class).save(new Favorite(++like, id, k));
      }
    }
  }

  /** What articles are about. */
  public interface Tags extends JpaRepository<Tag, String> {}

  /** What Spring Boot would make of it. */
  @Configuration
  @EnableTransactionManagement
  @EnableJpaRepositories(considerNestedRepositories = true)
  public static class Config {
    @Bean
    DataSource dataSource() {
      return new DriverManagerDataSource("jdbc:h2:mem:blog;DB_CLOSE_DELAY=-1", "sa", "");
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource source) {
      LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
      factory.setDataSource(source);
      factory.setPackagesToScan("io.github.raeperd.realworld");
      factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
      factory.setJpaPropertyMap(
          Map.of(
              "hibernate.hbm2ddl.auto",
              "create",
              "hibernate.physical_naming_strategy",
              "org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl",
              "hibernate.globally_quoted_identifiers",
              "true"));
      return factory;
    }

    @Bean
    JpaTransactionManager transactionManager(EntityManagerFactory factory) {
      return new JpaTransactionManager(factory);
    }

    @Bean
    ArticleService articleService(
        UserRepository users, ArticleRepository articles, FavoriteRepository favorites) {
      return new ArticleService(users, articles, favorites);
    }
  }
}
