package app;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.DefaultBatchLoaderRegistry;
import org.springframework.graphql.execution.DefaultExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.stereotype.Controller;

// import java.util.HashMap;
// import java.util.Map;
// import org.springframework.graphql.data.method.annotation.BatchMapping;
// import org.springframework.jdbc.core.RowCallbackHandler;
// import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Spring for GraphQL, a field resolved for each item, with places for what mends it. */
public final class SpringGraphQlApp {
  private SpringGraphQlApp() {}

  public static void main(String[] args) throws Exception {
    GenericApplicationContext spring = new GenericApplicationContext();
    DefaultBatchLoaderRegistry loaders = new DefaultBatchLoaderRegistry();
    spring.registerBean(BatchLoaderRegistry.class, () -> loaders);
    spring.registerBean(Blog.class);
    spring.refresh();
    AnnotatedControllerConfigurer controllers = new AnnotatedControllerConfigurer();
    controllers.setApplicationContext(spring);
    controllers.afterPropertiesSet();
    DefaultExecutionGraphQlService service =
        new DefaultExecutionGraphQlService(
            GraphQlSource.schemaResourceBuilder()
                .schemaResources(new ByteArrayResource(Articles.SCHEMA.getBytes("UTF-8")))
                .configureRuntimeWiring(controllers)
                .build());
    service.addDataLoaderRegistrar(loaders);
    new Web(4)
        .on("/barrier", query -> Articles.barrier(spring.getBean(Blog.class).jdbcTemplate))
        .on("/author", query -> execute(service, "{ articles { title author { name } } }"))
        .on("/tags", query -> execute(service, "{ articles { title tags { name } } }"))
        .on("/names", query -> execute(service, "{ names }"))
        .start();
  }

  private static String execute(ExecutionGraphQlService service, String query) {
    return ""
        + service
            .execute(new DefaultExecutionGraphQlRequest(query, null, null, null, "1", null))
            .block()
            .getExecutionResult()
            .toSpecification();
  }

  /** What the schema's types are read as. */
  record Article(int id, String title, int authorId) {}

  /** Of an article. */
  record Author(String name) {}

  /** Of an article. */
  record Tag(String name) {}

  /** The fields, as a service has them. */
  @Controller
  static class Blog {
    private final JdbcTemplate jdbcTemplate =
        new JdbcTemplate(
            new DriverManagerDataSource("jdbc:h2:mem:blog;DB_CLOSE_DELAY=-1", "sa", ""));

    Blog() {
      Articles.create(jdbcTemplate);
    }

    @QueryMapping
    List<Article> articles() {
      return jdbcTemplate.query(
          "SELECT id, title, author_id FROM article ORDER BY id",
          (row, number) -> new Article(row.getInt(1), row.getString(2), row.getInt(3)));
    }

    /** Reads in a loop of its own, whoever asks for the field. */
    @QueryMapping
    List<String> names() {
      List<String> names = new ArrayList<>();
      // sin: names
      for (int id = 101; id <= 112; id++) {
        String sql = "SELECT name FROM author WHERE id = ?";
        names.add(jdbcTemplate.queryForObject(sql, String.class, id));
      }
      // mend: names by list
      // List<Integer> values = new ArrayList<>();
      // for (int id = 101; id <= 112; id++) values.add(id);
      // List<Map<String, Object>> rows =
      // {code};
      // rows.sort(java.util.Comparator.comparing(row -> (Integer) row.get("id")));
      // for (Map<String, Object> row : rows) names.add((String) row.get("name"));
      // done
      return names;
    }

    // sin: author
    @SchemaMapping
    Author author(Article article) {
      String sql = "SELECT name FROM author WHERE id = ?";
      return new Author(jdbcTemplate.queryForObject(sql, String.class, article.authorId()));
    }

    // mend: author by batch
    // {code}
    // Map<Article, Author> author(List<Article> articles) {
    //   Map<Object, Author> byId = new HashMap<>();
    //   new NamedParameterJdbcTemplate(jdbcTemplate)
    //       .query(
    //           "SELECT id, name FROM author WHERE id IN (:ids)",
    //           Map.of("ids", articles.stream().map(Article::authorId).toList()),
    //           (RowCallbackHandler)
    //               row -> byId.put(row.getInt("id"), new Author(row.getString("name"))));
    //   Map<Article, Author> all = new HashMap<>();
    //   for (Article article : articles) all.put(article, byId.get(article.authorId()));
    //   return all;
    // }
    // done

    // sin: tags
    @SchemaMapping
    List<Tag> tags(Article article) {
      return jdbcTemplate.query(
          "SELECT name FROM tag WHERE article_id = ?",
          (row, number) -> new Tag(row.getString(1)),
          article.id());
    }
    // mend: tags by batch
    // {code}
    // List<List<Tag>> tags(List<Article> articles) {
    //   Map<Object, List<Tag>> byArticle = new HashMap<>();
    //   new NamedParameterJdbcTemplate(jdbcTemplate)
    //       .query(
    //           "SELECT article_id, name FROM tag WHERE article_id IN (:ids)",
    //           Map.of("ids", articles.stream().map(Article::id).toList()),
    //           (RowCallbackHandler)
    //               row ->
    //                   byArticle
    //                       .computeIfAbsent(
    //                           row.getInt("article_id"), none -> new ArrayList<>())
    //                       .add(new Tag(row.getString("name"))));
    //   return articles.stream().map(one -> byArticle.getOrDefault(one.id(), List.of())).toList();
    // }
    // done
  }
}
