package app;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

// import java.util.Collection;
// import java.util.concurrent.CompletableFuture;
// import org.dataloader.DataLoader;
// import org.dataloader.DataLoaderFactory;
// import org.dataloader.DataLoaderRegistry;
// import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** GraphQL Java, a field resolved for each item, with places for what mends it. */
public final class GraphQlApp {
  private static final String SCHEMA =
      """
      type Query { articles: [Article] }
      type Article { title: String, author: Author, tags: [Tag] }
      type Author { name: String }
      type Tag { name: String }
      """;

  private final JdbcTemplate jdbcTemplate =
      new JdbcTemplate(new DriverManagerDataSource("jdbc:h2:mem:blog;DB_CLOSE_DELAY=-1", "sa", ""));
  private final GraphQL graphQl =
      GraphQL.newGraphQL(
              new SchemaGenerator()
                  .makeExecutableSchema(
                      new SchemaParser().parse(SCHEMA),
                      RuntimeWiring.newRuntimeWiring()
                          .type("Query", type -> type.dataFetcher("articles", this::articles))
                          .type("Article", type -> type.dataFetcher("author", this::author))
                          .type("Article", type -> type.dataFetcher("tags", this::tags))
                          .build()))
          .build();

  public static void main(String[] args) throws Exception {
    GraphQlApp app = new GraphQlApp();
    app.fill();
    new Web(4)
        .on("/barrier", query -> app.barrier())
        .on("/author", query -> app.execute("{ articles { title author { name } } }"))
        .on("/tags", query -> app.execute("{ articles { title tags { name } } }"))
        .start();
  }

  private void fill() {
    jdbcTemplate.execute("CREATE TABLE article (id INT PRIMARY KEY, title VARCHAR, author_id INT)");
    jdbcTemplate.execute("CREATE TABLE author (id INT PRIMARY KEY, name VARCHAR)");
    jdbcTemplate.execute("CREATE TABLE tag (article_id INT, name VARCHAR)");
    for (int id = 1; id <= 12; id++) {
      jdbcTemplate.update("INSERT INTO article VALUES (?, ?, ?)", id, "title" + id, 100 + id);
      jdbcTemplate.update("INSERT INTO author VALUES (?, ?)", 100 + id, "author" + id);
      for (int k = 0; k < id % 3; k++) {
        jdbcTemplate.update("INSERT INTO tag VALUES (?, ?)", id, "tag" + k);
      }
    }
  }

  private String barrier() {
    int found = 0;
    for (int id = 1; id <= 12; id++) {
      found += jdbcTemplate.queryForList("SELECT * FROM tag WHERE article_id = ?", id).size();
    }
    return "" + found;
  }

  private String execute(String query) {
    ExecutionInput.Builder input = ExecutionInput.newExecutionInput(query);
    // sin: author
    // mend: author by loader
    // DataLoader<Object, Object> loader =
    // {code};
    // input.dataLoaderRegistry(new DataLoaderRegistry().register("loader", loader));
    // done
    return "" + graphQl.execute(input.build()).toSpecification();
  }

  private List<Map<String, Object>> articles(DataFetchingEnvironment environment) {
    return rows("SELECT id, title, author_id FROM article ORDER BY id");
  }

  private Object author(DataFetchingEnvironment environment) {
    Map<String, Object> article = environment.getSource();
    Object key = article.get("author_id");
    // sin: author
    return rows("SELECT name FROM author WHERE id = ?", key).get(0); // <- author
    // mend: author by load
    // return {code};
    // done
  }

  private Object tags(DataFetchingEnvironment environment) {
    Map<String, Object> article = environment.getSource();
    return rows("SELECT name FROM tag WHERE article_id = ?", article.get("id")); // <- tags
  }

  // sin: author
  // mend: author by loader
  // private Map<Object, Object> readAll(Collection<Object> keys) {
  //   Map<Object, Object> all = new HashMap<>();
  //   String sql = "SELECT id, name FROM author WHERE id IN (:keys)";
  //   new NamedParameterJdbcTemplate(jdbcTemplate)
  //       .queryForList(sql, Map.of("keys", keys))
  //       .forEach(row -> all.put(row.get("id"), Map.of("name", row.get("name"))));
  //   return all;
  // }
  // done

  /** With keys in lower case, as the schema has them. */
  private List<Map<String, Object>> rows(String sql, Object... arguments) {
    return jdbcTemplate.query(
        sql,
        (row, number) -> {
          Map<String, Object> columns = new HashMap<>();
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            columns.put(row.getMetaData().getColumnLabel(i).toLowerCase(), row.getObject(i));
          }
          return columns;
        },
        arguments);
  }
}
