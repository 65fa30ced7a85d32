package dev.atalaya.it.findings;

import org.junit.jupiter.api.Test;

/** What is suggested for fields of GraphQL is done, and helps. */
final class GraphQlRemediesIT {
  private static final String H2 = "com.h2database:h2:2.5.252";

  @Test
  void graphql() {
    Remedies remedies =
        Remedies.of(
            () ->
                Remedies.launch("app.GraphQlApp")
                    .libraries(
                        "com.graphql-java:graphql-java:25.0",
                        "org.springframework:spring-jdbc:7.0.10",
                        H2),
            "/author",
            "/tags",
            "/names");
    remedies
        .at("/author")
        .has("kind", "n_plus_one")
        .has("fix.where", "the field's DataFetcher, which is or calls GraphQlApp.rows")
        .counts(12)
        .cause("SELECT id, title, author_id FROM article ORDER BY id", 12)
        .suggests("DataLoader");
    remedies.at("/tags").has("kind", "n_plus_one").suggests("DataLoader");
    remedies.mend(
        Remedies.words(
            "/author, load, environment",
            "/author, loader, DataLoaderFactory",
            "/names, list, new NamedParameterJdbcTemplate"));
  }

  @Test
  void spring_graphql() {
    Remedies remedies =
        Remedies.of(
            () ->
                Remedies.launch("app.SpringGraphQlApp")
                    .libraries(
                        "org.springframework.graphql:spring-graphql:2.0.6",
                        "org.springframework:spring-web:7.0.10",
                        "org.springframework:spring-jdbc:7.0.10",
                        H2),
            "/author",
            "/tags",
            "/names");
    remedies
        .at("/author")
        .has("kind", "n_plus_one", "call_site.function", "app.SpringGraphQlApp$Blog.author")
        .cause("SELECT id, title, author_id FROM article ORDER BY id", 12)
        .suggests("Resolve the field by @BatchMapping");
    remedies.mend(
        Remedies.words(
            "/author, batch, @BatchMapping",
            "/tags, batch, @BatchMapping",
            "/names, list, new NamedParameterJdbcTemplate"));
  }

  @Test
  void graphql_over_hibernate() {
    Remedies remedies =
        Remedies.of(
            () ->
                Remedies.launch("app.GraphQlHibernateApp")
                    .jakarta(true)
                    .libraries(
                        "com.graphql-java:graphql-java:25.0",
                        "org.hibernate.orm:hibernate-core:7.4.15.Final",
                        H2),
            "/shelves",
            "/authors",
            "/counts");
    remedies.at("/shelves").suggests("for many fields at once: by a DataLoader");
    remedies.at("/authors").suggests("for many fields at once: by a DataLoader");
    remedies
        .mend(
            Remedies.words(
                "/shelves, loader, ...by a DataLoader",
                "/authors, setting, hibernate.",
                "/counts, query, select"))
        .mend(Remedies.words("/shelves, batch, @BatchSize", "/authors, batch, @BatchSize"))
        .mend(Remedies.words("/shelves, setting, hibernate."));
  }
}
