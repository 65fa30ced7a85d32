package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Sources;
import dev.atalaya.it.Told;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Applications in the shapes that people try an agent on first: each finding is there as an
 * engineer would write it, and no other.
 */
final class StrangersIT {
  private static final String SPRING_DATA = "org.springframework.data:spring-data-jpa:4.1.2";
  private static final String HIBERNATE = "org.hibernate.orm:hibernate-core:7.4.15.Final";
  private static final String H2 = "com.h2database:h2:2.5.252";
  private static final String CLINIC = "org.springframework.samples.petclinic.";
  private static final String BOOKS = "com.example.graphqlserver.";
  private static final String ARTICLES = "io.github.raeperd.realworld.domain.article.";
  private static final String QUERIES = "io.spring.application.ArticleQueryService";
  private static final List<String> PAGES =
      List.of(
          "/owners?page=1",
          "/owners/3",
          "/vets.html",
          "/vets",
          "/api/owners",
          "/api/pets",
          "/owners/3/pets/5/edit");

  private static final String LIST =
      at(CLINIC + "owner.OwnerController", "findPaginated", "owners");
  private static final String ALL = at(CLINIC + "service.ClinicService", "findAllOwners", "owners");
  private static final String PETS = at(CLINIC + "service.ClinicService", "findAllPets", "pets");

  /** Five owners a page, the pets of each with their types, and the visits of each pet. */
  private static final String OWNERS =
      "n_plus_one GET /owners: SELECT pets types x5 after owners (5 rows)"
          + (LIST + "; SELECT visits x10" + LIST);

  private static final String CLINICS =
      String.join(
          "\n",
          "n_plus_one GET /api/owners: SELECT pets types x12 after owners (12 rows)"
              + (ALL + "; SELECT visits x24" + ALL),
          "n_plus_one GET /api/pets: SELECT types x6" + PETS,
          "n_plus_one GET /api/pets: SELECT visits x24 after pets (24 rows)" + PETS,
          OWNERS,
          "n_plus_one GET /vets.html: SELECT vet_specialties specialties x5 after vets (5 rows)"
              + at(CLINIC + "vet.VetController", "showVetList", "page"),
          "n_plus_one GET /vets: SELECT vet_specialties specialties x6 after vets (6 rows)"
              + at(CLINIC + "vet.VetController", "showResourcesVetList", "all"));

  /** For each option of the form, the formatter reads all types. */
  private static final String FORM =
      "duplicate_query GET /owners/{ownerId}/pets/{petId}/edit: SELECT types x6"
          + at(CLINIC + "owner.PetTypeFormatter", "parse", "parse");

  @Test
  void pet_clinic() {
    String code;
    Map<String, String> answers = new TreeMap<>();
    try (App app = clinic().start()) {
      PAGES.forEach(path -> answers.put(path, get(app, path)));
      assertTold(app, FORM + "\n" + CLINICS);
      assertEquals(7, problems(app), () -> "" + Told.problems(app));
      Map<String, JsonNode> told = told(app);
      told.remove(FORM);
      told.values().forEach(StrangersIT::assertBatchFirst);
      assertSuggests(app, OWNERS, "Owner.pets is EAGER and read by a select of its own each time");
      assertSuggests(app, FORM, "Read it once and keep the result for the request");
      assertTrue(
          told.get(OWNERS).at("/fix/or/0/where").asText().equals("Owner.pets and Pet.visits"));
      assertEquals(1, told.get(OWNERS).at("/fix/or").size(), "a join fetch would page in memory");
      code = told.get(OWNERS).at("/fix/code").asText();
    }
    try (App app = clinic().mended(Map.of("clinic by setting", code)).start()) {
      PAGES.forEach(path -> assertEquals(answers.get(path), get(app, path)));
      // The last page's is there when all others are judged.
      assertTold(app, FORM);
    }
  }

  private static void assertBatchFirst(JsonNode finding) {
    String code = finding.at("/fix/code").asText();
    assertEquals("hibernate.default_batch_fetch_size=100", code, finding::toPrettyString);
  }

  private static App.Launch clinic() {
    return launch(CLINIC + "PetClinicApplication")
        .jakarta(true)
        .libraries(
            SPRING_DATA,
            HIBERNATE,
            H2,
            "org.springframework:spring-webmvc:7.0.10",
            "org.apache.tomcat.embed:tomcat-embed-core:11.0.27",
            "org.thymeleaf:thymeleaf-spring6:3.1.5.RELEASE")
        .classPath(Path.of("src/apps/resources/petclinic").toAbsolutePath());
  }

  /** EAGER authors, lazy tags, and a count for each article of a page. */
  @Test
  void real_world_on_jpa() {
    try (App app =
        launch("io.github.raeperd.realworld.RealWorldApplication")
            .jakarta(true)
            .libraries(SPRING_DATA, HIBERNATE, H2)
            .start()) {
      get(app, "/api/articles");
      String service = ARTICLES + "ArticleService";
      String where = "n_plus_one GET /api/articles: ";
      String tags =
          where
              + "SELECT articles_tags tags x20 after articles (20 rows)"
              + at(service, "view", "tags")
              + "; SELECT favorites x20"
              + at(service, "view", "favorites");
      String authors =
          where
              + "SELECT users x12 after articles (20 rows)"
              + at(service, "getArticles", "articles");
      assertTold(app, tags + "\n" + authors);
      assertEquals(2, problems(app), () -> "" + Told.problems(app));
      assertSuggests(app, tags, "Load Article.tags of many at once: @BatchSize(size = 100) on it");
      assertSuggests(
          app,
          authors,
          "Article.author is EAGER and read by a select of its own each time: set"
              + " hibernate.default_batch_fetch_size = 100, or @BatchSize(size = 100) on class"
              + " User; or by the query that returns Article: @EntityGraph(attributePaths ="
              + " \"author\", type = LOAD) or LEFT JOIN FETCH a.author.");
      get(app, "/api/articles");
      String line = "ArticleService.java:" + Sources.line(service, "articles");
      String named = "; or by ArticleRepository.findAll (" + line + "): @EntityGraph";
      assertTrue(
          Otlp.await(() -> told(app).get(authors).get("suggestion").asText().contains(named)),
          () -> told(app).get(authors).toPrettyString());
      JsonNode finding = told(app).get(authors);
      assertEquals(service + ".getArticles", finding.at("/cause/call_site/function").asText());
      assertEquals(
          "ArticleRepository.findAll (" + line + ")", finding.at("/fix/or/1/where").asText());
    }
  }

  /** The reader is read by the statement that authors are read by; tags multiply the articles. */
  @Test
  void real_world_on_mybatis() {
    try (App app =
        launch("io.spring.RealWorldApplication")
            .libraries("org.mybatis:mybatis:3.5.19", H2)
            .start()) {
      get(app, "/articles");
      String authors =
          "n_plus_one GET /articles: SELECT users x13 after articles (36 rows)"
              + at(QUERIES, "findRecentArticles", "author")
              + "; SELECT article_favorites x12"
              + at(QUERIES, "findRecentArticles", "favorites");
      assertTold(app, authors);
      assertEquals(1, problems(app), () -> "" + Told.problems(app));
      assertSuggests(
          app,
          authors,
          "Make one select of the loop, with foreach in WHERE id IN (...), or a join");
      double confidence = told(app).get(authors).get("confidence").asDouble();
      assertTrue(confidence < 0.8, "a join's rows say little: " + confidence);
    }
  }

  /** EAGER authors of all books at once, and a field that is resolved for each book. */
  @Test
  void graphql_service() {
    try (App app =
        launch(BOOKS + "GraphQlServerApplication")
            .jakarta(true)
            .libraries(
                "org.springframework.graphql:spring-graphql:2.0.6",
                SPRING_DATA,
                HIBERNATE,
                H2,
                "org.springframework:spring-webmvc:7.0.10",
                "org.apache.tomcat.embed:tomcat-embed-core:11.0.27",
                "tools.jackson.core:jackson-databind:3.0.4")
            .start()) {
      String answer = query(app, "{ books { name author { name } reviews { stars } } }");
      assertTrue(answer.contains("\"author\":{\"name\":\"Author 11\"}"), answer);
      String controller = BOOKS + "BookController";
      String where = "n_plus_one POST /graphql: ";
      String authors =
          where + "SELECT Author x12 after Book (12 rows)" + at(controller, "books", "books");
      String reviews =
          where + "SELECT Review x12 after Book (12 rows)" + at(controller, "reviews", "reviews");
      assertTold(app, authors + "\n" + reviews);
      assertEquals(2, problems(app), () -> "" + Told.problems(app));
      assertSuggests(
          app,
          authors,
          "Book.author is EAGER and read by a select of its own each time: set"
              + " hibernate.default_batch_fetch_size = 100");
      assertSuggests(
          app,
          reviews,
          "Resolve the field by @BatchMapping: it is given the parents of one level, to read all by"
              + " one statement with WHERE book_id IN (...).");
    }
  }

  private static String query(App app, String query) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + "/graphql"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"query\": \"" + query + "\"}"))
            .build();
    HttpResponse<String> response = app.send(request);
    assertEquals(200, response.statusCode(), response.body());
    return response.body();
  }

  private static App.Launch launch(String main) {
    return App.main(main)
        .release(17)
        .property("otel.service.name", "stranger")
        .nothingIsSlow()
        .agent(null);
  }

  private static String get(App app, String path) {
    App.Answer answer = app.get(path);
    assertEquals(200, answer.status(), answer.body());
    return answer.body();
  }

  private static String at(String type, String method, String mark) {
    String file = type.substring(type.lastIndexOf('.') + 1) + ".java";
    return " at " + type + "." + method + "(" + file + ":" + Sources.line(type, mark) + ")";
  }

  /** What requests had, in words, a line each in the order of the alphabet. */
  private static void assertTold(App app, String expected) {
    boolean same = Otlp.await(() -> expected.equals(words(app)));
    if (!same) assertEquals(expected, words(app), () -> "" + Findings.of(app));
  }

  private static void assertSuggests(App app, String told, String words) {
    JsonNode finding = told(app).get(told);
    assertTrue(finding.get("suggestion").asText().startsWith(words), finding::toPrettyString);
  }

  private static String words(App app) {
    return String.join("\n", told(app).keySet());
  }

  private static long problems(App app) {
    return Told.problems(app).stream()
        .filter(one -> !one.at("/entry_points/0/entry_point").asText().startsWith("THREAD"))
        .count();
  }

  /** A main method's own work, which fills the tables, is not meant. */
  private static Map<String, JsonNode> told(App app) {
    return Told.of(app).stream()
        .filter(one -> !one.get("entry_point").asText().startsWith("THREAD"))
        .collect(Collectors.toMap(Told::told, one -> one, (a, b) -> b, TreeMap::new));
  }
}
