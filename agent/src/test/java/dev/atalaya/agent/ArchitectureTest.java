package dev.atalaya.agent;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which room may use which: the table of docs/architecture.md, as rules. */
class ArchitectureTest {
  private static final String ROOT = "dev.atalaya.agent.";
  private static final String BRIDGE = "dev.atalaya.bridge";
  private static final String[] JDK = {
    "java..",
    "javax.sql..",
    "javax.net..",
    "javax.crypto..",
    "com.sun.management..",
    "org.jspecify.."
  };

  /** Folders for what several libraries have in common. */
  private static final String[] SHARED = {
    ROOT + "library.jaxrs",
    ROOT + "library.redis",
    ROOT + "library.jdbc",
    ROOT + "library.netty",
    ROOT + "library.reactivestreams",
    ROOT + "library.springrouter"
  };

  private static JavaClasses agent;

  @BeforeAll
  static void read() {
    agent =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.atalaya");
  }

  @Test
  void the_bridge_uses_the_jdk_alone() {
    only(BRIDGE, BRIDGE);
  }

  @Test
  void boot_reaches_the_agent_by_name_only() {
    only(ROOT + "boot", ROOT + "boot");
    noClasses()
        .that()
        .resideInAPackage(ROOT + "boot")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.nio.file..", "java.util.logging..", "java.net.http..", "javax.management..")
        .check(agent);
  }

  /** Of what runs in the application; the launcher's commands print for who calls them. */
  @Test
  void only_the_log_writes_lines() {
    noClasses()
        .that()
        .resideInAPackage("dev.atalaya.agent..")
        .and()
        .resideOutsideOfPackages(ROOT + "log", ROOT + "boot")
        .and()
        .doNotHaveSimpleName("TestAlert")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(agent);
  }

  @Test
  void config_knows_no_other_room() {
    only(ROOT + "config", ROOT + "config");
  }

  @Test
  void the_catalogue_knows_no_other_room() {
    only(ROOT + "catalogue", ROOT + "catalogue");
  }

  @Test
  void weave_knows_the_bridge_the_state_and_byte_buddy() {
    only(
        ROOT + "weave",
        ROOT + "weave",
        ROOT + "state",
        BRIDGE,
        "net.bytebuddy..",
        "com.blogspot.mydailyjava.weaklockfree..");
  }

  @Test
  void instrumentations_know_no_other_room() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "library..")
        .and()
        .haveNameMatching(".*Instrumentation(\\$.*)?")
        .should()
        .dependOnClassesThat(agentBeside("library..", "weave", "catalogue"))
        .check(agent);
  }

  /** What a library has inside the wall, such as its words for what to change. */
  @Test
  void libraries_know_what_was_recorded_and_found() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "library..")
        .should()
        .dependOnClassesThat(
            agentBeside(
                "library..",
                "weave",
                "catalogue",
                "callsite",
                "reflect",
                "privacy",
                "sql",
                "trace",
                "detect"))
        .check(agent);
  }

  @Test
  void only_who_composes_the_agent_knows_libraries() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "library..", "dev.atalaya.agent")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "library..")
        .check(agent);
  }

  private static DescribedPredicate<JavaClass> agentBeside(String... rooms) {
    String[] known = Stream.of(rooms).map(room -> ROOT + room).toArray(String[]::new);
    return resideInAPackage("dev.atalaya.agent..").and(not(resideInAnyPackage(known)));
  }

  @Test
  void no_library_knows_another() {
    slices()
        .matching(ROOT + "library.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED))
        .check(agent);
  }

  @Test
  void rooms_are_in_no_circle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(agent);
  }

  @Test
  void what_libraries_share_knows_none_of_them() {
    noClasses()
        .that()
        .resideInAnyPackage(SHARED)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "library..").and(not(resideInAnyPackage(SHARED))))
        .check(agent);
  }

  @Test
  void privacy_knows_no_other_room() {
    only(ROOT + "privacy", ROOT + "privacy");
  }

  @Test
  void sql_knows_what_hides_values_alone() {
    only(ROOT + "sql", ROOT + "sql", ROOT + "privacy");
  }

  @Test
  void reflect_knows_no_other_room() {
    only(ROOT + "reflect", ROOT + "reflect");
  }

  @Test
  void call_sites_know_the_catalogue_and_what_is_below() {
    only(
        ROOT + "callsite", ROOT + "callsite", ROOT + "catalogue", ROOT + "reflect", ROOT + "state");
  }

  @Test
  void trace_knows_the_rooms_below_it() {
    only(
        ROOT + "trace",
        ROOT + "trace",
        ROOT + "callsite",
        ROOT + "reflect",
        ROOT + "sql",
        ROOT + "privacy",
        ROOT + "state",
        ROOT + "config",
        ROOT + "catalogue",
        BRIDGE,
        "com.blogspot.mydailyjava.weaklockfree..");
  }

  @Test
  void state_knows_no_other_room() {
    only(ROOT + "state", ROOT + "state");
  }

  @Test
  void json_knows_no_other_room() {
    only(ROOT + "json", ROOT + "json");
  }

  @Test
  void page_knows_json_alone() {
    only(ROOT + "page", ROOT + "page", ROOT + "json");
  }

  @Test
  void mcp_knows_what_the_api_has_and_json() {
    only(ROOT + "mcp", ROOT + "mcp", ROOT + "page", ROOT + "json");
  }

  @Test
  void profile_knows_open_threads_and_entry_points() {
    only(ROOT + "profile", ROOT + "profile", ROOT + "trace", ROOT + "detect", BRIDGE);
  }

  @Test
  void breaker_knows_no_other_room() {
    only(ROOT + "breaker", ROOT + "breaker");
  }

  @Test
  void http_knows_no_other_room() {
    only(ROOT + "http", ROOT + "http");
  }

  @Test
  void alert_knows_findings_and_how_to_post_them() {
    only(
        ROOT + "alert",
        ROOT + "alert",
        ROOT + "detect",
        ROOT + "trace",
        ROOT + "config",
        ROOT + "http",
        ROOT + "json",
        ROOT + "log");
  }

  @Test
  void what_is_sent_does_not_go_through_the_jdks_clients() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "http", ROOT + "alert", ROOT + "export")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.HttpURLConnection")
        .check(agent);
  }

  @Test
  void detect_knows_what_was_recorded_and_the_options() {
    only(
        ROOT + "detect",
        ROOT + "detect",
        ROOT + "callsite",
        ROOT + "sql",
        ROOT + "privacy",
        ROOT + "trace",
        ROOT + "config",
        BRIDGE);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "detect")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(agent);
  }

  @Test
  void explain_knows_what_was_recorded_and_json() {
    only(
        ROOT + "explain",
        ROOT + "explain",
        ROOT + "sql",
        ROOT + "trace",
        ROOT + "config",
        ROOT + "json",
        ROOT + "log");
  }

  @Test
  void what_is_watched_is_what_was_recorded_and_counted() {
    only(
        ROOT + "watch",
        ROOT + "watch",
        ROOT + "metrics",
        ROOT + "detect",
        ROOT + "trace",
        ROOT + "callsite",
        ROOT + "privacy");
  }

  @Test
  void what_is_kept_knows_what_was_found_and_how_it_is_encoded() {
    only(
        ROOT + "kept",
        ROOT + "kept",
        ROOT + "trace",
        ROOT + "detect",
        ROOT + "export",
        ROOT + "page");
  }

  @Test
  void outer_rooms_know_neither_instrumentations_nor_weaving() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "metrics",
            ROOT + "export",
            ROOT + "alert",
            ROOT + "explain",
            ROOT + "http",
            ROOT + "console",
            ROOT + "watch",
            ROOT + "log")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "library..", ROOT + "weave", "net.bytebuddy..")
        .check(agent);
  }

  @Test
  void nothing_of_ours_touches_java_util_logging() {
    noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..").check(agent);
  }

  @Test
  void advice_never_throws() {
    methods()
        .that()
        .areAnnotatedWith(Advice.OnMethodEnter.class)
        .or()
        .areAnnotatedWith(Advice.OnMethodExit.class)
        .should(suppressThrowables())
        .check(agent);
  }

  private static ArchCondition<JavaMethod> suppressThrowables() {
    return new ArchCondition<JavaMethod>("suppress every Throwable") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean suppresses =
            method.getAnnotations().stream()
                .filter(a -> a.getRawType().getName().startsWith(Advice.class.getName()))
                .allMatch(
                    a ->
                        a.get("suppress").isPresent()
                            && a.get("suppress").get().toString().contains("java.lang.Throwable"));
        events.add(new SimpleConditionEvent(method, suppresses, method.getFullName()));
      }
    };
  }

  private static void only(String room, String... packages) {
    String[] allowed = java.util.Arrays.copyOf(packages, packages.length + JDK.length);
    System.arraycopy(JDK, 0, allowed, packages.length, JDK.length);
    classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed))
        .check(agent);
  }
}
