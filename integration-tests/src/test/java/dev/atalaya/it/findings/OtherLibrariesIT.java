package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application's own line below libraries of all kinds, which nobody told the agent about. */
final class OtherLibrariesIT {
  private static App app;

  @BeforeAll
  static void start() {
    app =
        App.main("app.OtherLibrariesApp")
            .release(17)
            .libraries(
                "com.h2database:h2:2.3.232",
                "io.agroal:agroal-pool:2.5",
                "com.alibaba:druid:1.2.23",
                "org.vibur:vibur-dbcp:26.0",
                "com.jolbox:bonecp:0.8.0.RELEASE",
                "org.jdbi:jdbi3-core:3.45.4",
                "org.sql2o:sql2o:1.8.0",
                "com.j256.ormlite:ormlite-jdbc:6.1",
                "io.ebean:ebean-core:13.26.1",
                "io.ebean:ebean-platform-h2:13.26.1",
                "org.mybatis:mybatis:3.5.16",
                "com.baomidou:mybatis-plus-core:3.5.7",
                "com.github.pagehelper:pagehelper:6.1.0",
                "org.thymeleaf:thymeleaf:3.1.3.RELEASE",
                "com.graphql-java:graphql-java:22.3")
            .property("otel.service.name", "others")
            .nothingIsSlow()
            .agent(null)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/agroal, pooled, pooled",
    "/druid, pooled, pooled",
    "/vibur, pooled, pooled",
    "/bonecp, pooled, pooled",
    "/jdbi, jdbi, jdbi",
    "/sql2o, sql2o, sql2o",
    "/ormlite, ormlite, ormlite",
    "/ebean, ebean, ebean",
    "/mybatis_plus, mybatisPlus, mybatis plus",
    "/pagehelper, pagehelper, pagehelper",
    "/thymeleaf, thymeleaf, thymeleaf",
    "/graphql, graphql, graphql",
  })
  void the_line_is_the_applications(String path, String method, String mark) {
    Findings.twice(app, "others", path)
        .has("kind", "n_plus_one")
        .counts(20)
        .calledFrom("app.OtherLibrariesApp." + method, mark);
  }

  @ParameterizedTest
  @CsvSource({
    "com.querydsl:querydsl-jpa:jar:jakarta:5.1.0",
    "io.github.openfeign.querydsl:querydsl-jpa:7.1",
  })
  void below_querydsl_the_line_and_the_cause_are_the_applications(String library) {
    try (App querydsl =
        App.main("app.QuerydslApp")
            .release(17)
            .jakarta(true)
            .libraries(
                library,
                "org.hibernate.orm:hibernate-core:6.6.13.Final",
                "com.h2database:h2:2.3.232")
            .property("otel.service.name", "querydsl")
            .nothingIsSlow()
            .agent(null)
            .start()) {
      String all = "select p1_0.order_id from payment p1_0 where p1_0.order_id<=?";
      Findings.twice(querydsl, "querydsl", "/querydsl")
          .has("kind", "n_plus_one")
          .counts(20)
          .cause(all, 20)
          .calledFrom("app.QuerydslApp.payments", "querydsl");
    }
  }

  @Test
  void two_loops_below_one_pool_are_two_findings() {
    App.Answer answer = app.get("/druid_two");
    assertEquals(200, answer.status(), answer.body());
    Otlp.await(() -> Findings.of(app).at("GET /druid_two").size() == 2);
    List<String> found =
        Findings.of(app).at("GET /druid_two").stream()
            .map(one -> one.text("operation.summary") + " " + one.text("call_site.function"))
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "SELECT payment app.OtherLibrariesApp.payments",
            "SELECT product app.OtherLibrariesApp.pooled"),
        found);
  }
}
