package dev.atalaya.agent.detect;

import java.util.Arrays;
import java.util.List;

/**
 * The classes of this room that have an initialiser, initialised while there is memory: where one
 * fails, its class is lost for good, and each later finding that needs it.
 */
final class ReadyClasses {
  static final List<String> NAMES =
      Arrays.asList(
          "Cause$Fit",
          "EntryPoint",
          "EntryPoint$1",
          "Families",
          "Findings",
          "HttpSuggestion$1",
          "KeyValueSuggestion$1",
          "Kind",
          "Kind$Sort",
          "OperationSummary",
          "Progress",
          "ReadyClasses",
          "Rules$Patterns",
          "Severity",
          "SeverityRule",
          "SqlRules",
          "SqlSuggestion$1",
          "Suggester$Layer",
          "Suggestions");

  private ReadyClasses() {}

  static void initialise() throws ClassNotFoundException {
    String room = ReadyClasses.class.getName();
    room = room.substring(0, room.lastIndexOf('.') + 1);
    for (String name : NAMES) {
      Class.forName(room.concat(name), true, ReadyClasses.class.getClassLoader());
    }
  }
}
