package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every suggestion is done, and helps: the code of a finding is put into the source and run. */
final class RemediesIT {
  private static final String H2 = "com.h2database:h2:2.5.252";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "org.hibernate:hibernate-core:5.6.15.Final, false",
    "org.hibernate.orm:hibernate-core:6.6.13.Final, true",
    "org.hibernate.orm:hibernate-core:7.4.15.Final, true",
  })
  void hibernate(String library, boolean jakarta) {
    Remedies remedies =
        Remedies.of(
            () ->
                launch("app.FetchApp")
                    .jakarta(jakarta)
                    .libraries(library, jakarta ? H2 : "com.h2database:h2:1.4.200"),
            "/lazy",
            "/nested",
            "/one",
            "/bags",
            "/paged",
            "/leads_on",
            "/eager",
            "/proxy",
            "/unique",
            "/identity",
            "/update");
    if (jakarta) {
      assertCode("@EntityGraph(attributePaths = \"books\", type =", remedies.at("/lazy"));
      assertCode("@EntityGraph(attributePaths = \"books.chapters\"", remedies.at("/nested"));
      assertCode("@EntityGraph(attributePaths = \"books.chapters\"", remedies.at("/one"));
      assertCode("@EntityGraph(attributePaths = \"profile\", type =", remedies.at("/unique"));
    } else {
      assertCode("select distinct a from Author a left join fetch a.books", remedies.at("/lazy"));
    }
    assertCode("@BatchSize(size = 100)", remedies.at("/bags"));
    assertCode("@BatchSize(size = 100)", remedies.at("/paged"));
    assertCode("hibernate.default_batch_fetch_size=100", remedies.at("/eager"));
    assertCode("@BatchSize(size = 100)", remedies.at("/proxy"));
    remedies.at("/eager").suggests("class Publisher").has("fix.or.0.where", "class Publisher");
    remedies.at("/bags").suggests("MultipleBagFetchException");
    remedies.at("/leads_on").suggests("EAGER");
    remedies.at("/paged").suggests("in memory");
    remedies
        .mend(
            words(
                "/lazy, query, select",
                "/nested, query, select",
                "/one, query, select",
                "/bags, batch, @BatchSize",
                "/paged, batch, @BatchSize",
                "/leads_on, batch, @BatchSize",
                "/eager, setting, hibernate.",
                "/proxy, batch, @BatchSize",
                "/unique, query, select",
                "/identity, id, @GeneratedValue",
                "/identity, setting, hibernate.",
                "/update, setting, hibernate."))
        .mend(
            words(
                "/lazy, batch, @BatchSize",
                "/bags, setting, hibernate.",
                "/paged, setting, hibernate.",
                "/eager, batch, @BatchSize",
                "/proxy, setting, hibernate."));
  }

  private static App.Launch launch(String main) {
    return App.main(main).release(17).property("otel.service.name", "remedies").agent(null);
  }

  private static void assertCode(String beginning, Finding finding) {
    assertTrue(finding.text("fix.code").startsWith(beginning), finding::toString);
    assertEquals(0, finding.text("fix.text").indexOf(finding.text("suggestion")));
  }

  private static String[] words(String... lines) {
    return String.join(", ", lines).split(", ");
  }
}
