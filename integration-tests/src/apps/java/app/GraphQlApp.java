package app;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.ArrayList;
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
  private final JdbcTemplate jdbcTemplate =
      new JdbcTemplate(new DriverManagerDataSource("jdbc:h2:mem:blog;DB_CLOSE_DELAY=-1", "sa", ""));
  private final GraphQL graphQl =
      GraphQL.newGraphQL(
              new SchemaGenerator()
                  .makeExecutableSchema(
                      new SchemaParser().parse(Articles.SCHEMA),
                      RuntimeWiring.newRuntimeWiring()
                          .type("Query", type -> type.dataFetcher("articles", this::articles))
                          .type("Query", type -> type.dataFetcher("names", this::names))
                          .type("Article", type -> type.dataFetcher("author", this::author))
                          .type("Article", type -> type.dataFetcher("tags", this::tags))
                          .build()))
          .build();

  public static void main(String[] args) throws Exception {
    GraphQlApp app = new GraphQlApp();
    Articles.create(app.jdbcTemplate);
    new Web(4)
        .on("/barrier", query -> Articles.barrier(app.jdbcTemplate))
        .on("/author", query -> app.execute("{ articles { title author { name } } }"))
        .on("/tags", query -> app.execute("{ articles { title tags { name } } }"))
        .on("/names", query -> app.execute("{ names }"))
        .start();
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

  /** Reads in a loop of its own, whoever asks for the field. */
  private List<String> names(DataFetchingEnvironment environment) {
    List<String> names = new ArrayList<>();
    // sin: names
    for (int id = 101; id <= 112; id++) {
      names.add((String) rows("SELECT name FROM author WHERE id = ?", id).get(0).get("name"));
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
