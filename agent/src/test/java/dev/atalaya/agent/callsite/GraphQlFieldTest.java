package dev.atalaya.agent.callsite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphQlFieldTest {
  private static final String STRATEGY = "graphql.execution.ExecutionStrategy.";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a field of the query, true, fetchField completeField Execution.executeOperation",
    "a field of one object, true, fetchField completeValueForObject Execution.executeOperation",
    "a field of an item, false, fetchField completeValueForList Execution.executeOperation",
    "a loader, true, DataLoaderHelper.dispatch completeValueForList Execution.executeOperation",
    "a field of what a loader answered, false, fetchField DataLoaderHelper.dispatch"
        + " Execution.executeOperation",
    "a field of which nothing is known, false, fetchField completeField",
  })
  void a_loop_below_what_is_called_once_is_its_own(String name, boolean once, String frames) {
    GraphQlField field = new GraphQlField();
    for (String frame : frames.split(" ")) field.passed(frame(frame));
    assertEquals(once, field.isOnce());
  }

  private static StackTraceElement frame(String text) {
    String all = text;
    if (text.startsWith("DataLoader")) all = "org.dataloader." + text;
    else if (text.startsWith("Execution.")) all = "graphql.execution." + text;
    else all = STRATEGY + text;
    int dot = all.lastIndexOf('.');
    return new StackTraceElement(all.substring(0, dot), all.substring(dot + 1), "F.java", 1);
  }
}
