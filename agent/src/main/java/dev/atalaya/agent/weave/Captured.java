package dev.atalaya.agent.weave;

import java.util.Locale;

/** What may be captured of a library. */
public enum Captured {
  SPANS("each call or request is a span, and is counted with its duration"),
  ROUTE("requests are named by the template that they matched"),
  OPERATION("which operation a request asked for, where all come by one route"),
  ERRORS("a call's or a request's exception, and the code that it failed with"),
  ROWS("how many rows a query returned"),
  VALUES(
      "how many different values a repeated call had; the values themselves stay in the process"),
  FETCHES("what is loaded on its own, by the association that it belongs to"),
  CONTEXT("a request's trace goes on: in headers that come and go, on the threads of its tasks"),
  POOL("how many connections are used, idle and waited for"),
  CACHE("reads that hit and reads that miss"),
  LOG("the ids of the trace in each line of the log"),
  SILENCE("what it sends for itself, as a test of a connection, is no call of the application");

  private final String sentence;

  Captured(String sentence) {
    this.sentence = sentence;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String sentence() {
    return sentence;
  }
}
