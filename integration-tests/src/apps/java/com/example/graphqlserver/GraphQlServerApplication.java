package com.example.graphqlserver;

import app.TomcatServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.servlet.ServletRegistration;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.DefaultExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webmvc.GraphQlHttpHandler;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Books over GraphQL, as Spring's first steps have them, on JPA. */
public final class GraphQlServerApplication {
  private static final String SCHEMA =
      """
      type Query { books: [Book] }
      type Book { id: ID, name: String, author: Author, reviews: [Review] }
      type Author { name: String }
      type Review { stars: Int }
      """;

  private GraphQlServerApplication() {}

  public static void main(String[] args) throws Exception {
    TomcatServer.start(
        "",
        context -> {
          AnnotationConfigWebApplicationContext spring =
              new AnnotationConfigWebApplicationContext();
          spring.register(Config.class);
          spring.setServletContext(context);
          spring.refresh();
          fill(spring);
          ServletRegistration.Dynamic servlet =
              context.addServlet("spring", new DispatcherServlet(spring));
          servlet.setAsyncSupported(true);
          servlet.addMapping("/");
        });
  }

  private static void fill(ApplicationContext spring) {
    for (int i = 0; i < 12; i++) {
      Author author = new Author("author-" + i, "Author " + i);
      spring.getBean(AuthorRepository.class).save(author);
      Book book = spring.getBean(BookRepository.class).save(new Book("book-" + i, "Book", author));
      for (int k = 0; k < i % 3; k++) {
        Review review = new Review("review-" + i + k, k, book);
        spring.getBean(ReviewRepository.class).save(review);
      }
    }
  }

  /** What Spring Boot would make of it. */
  @Configuration
  @EnableWebMvc
  @EnableTransactionManagement
  @EnableJpaRepositories
  @Import(BookController.class)
  public static class Config {
    @Bean
    DataSource dataSource() {
      return new DriverManagerDataSource("jdbc:h2:mem:books;DB_CLOSE_DELAY=-1", "sa", "");
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource source) {
      LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
      factory.setDataSource(source);
      factory.setPackagesToScan("com.example.graphqlserver");
      factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
      factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create"));
      return factory;
    }

    @Bean
    JpaTransactionManager transactionManager(EntityManagerFactory factory) {
      return new JpaTransactionManager(factory);
    }

    @Bean
    AnnotatedControllerConfigurer controllers() {
      return new AnnotatedControllerConfigurer();
    }

    @Bean
    RouterFunction<ServerResponse> graphQl(AnnotatedControllerConfigurer controllers) {
      GraphQlSource source =
          GraphQlSource.schemaResourceBuilder()
              .schemaResources(new ByteArrayResource(SCHEMA.getBytes(StandardCharsets.UTF_8)))
              .configureRuntimeWiring(controllers)
              .build();
      DefaultExecutionGraphQlService service = new DefaultExecutionGraphQlService(source);
      GraphQlHttpHandler handler =
          new GraphQlHttpHandler(WebGraphQlHandler.builder(service).build());
      return RouterFunctions.route().POST("/graphql", handler::handleRequest).build();
    }
  }
}
