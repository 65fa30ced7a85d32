package dev.atalaya.agent.detect;

import org.jspecify.annotations.Nullable;

/** What to change about outgoing requests. */
final class HttpSuggestion {
  private HttpSuggestion() {}

  static Fix of(Subject subject) {
    switch (subject.kind) {
      case SLOW_QUERY:
        return new Fix(
            "The time is the other service's: set a timeout, cache the answer, or do not wait for"
                + " it.");
      case DUPLICATE_QUERY:
        return Fix.keep(
            "Ask once and keep the answer for the request, or cache it as long as it may be old.",
            null,
            subject);
      default:
        return http(subject.operation, subject.figures);
    }
  }

  private static Fix http(Operation operation, @Nullable OperationSummary figures) {
    if (figures != null && figures.parallel) return concurrent(operation);
    return concurrently(
        new Fix(
            bulk(operation)
                + (reads(operation) ? "cache the answers or " : "")
                + "send the requests concurrently."));
  }

  /** With code for what it ends with. */
  static Fix concurrently(Fix fix) {
    return fix.more("Sent concurrently they are told still, with less to win.")
        .way(
            "instead of the loop, where there is no bulk endpoint",
            "keys.stream()\n"
                + "    .map(key -> CompletableFuture.supplyAsync(() -> call(key), executor))\n"
                + "    .collect(Collectors.toList()).stream()\n"
                + "    .map(CompletableFuture::join)\n"
                + "    .collect(Collectors.toList())");
  }

  /** They are sent at the same time already. */
  private static Fix concurrent(Operation operation) {
    return alreadyConcurrent(bulk(operation) + (reads(operation) ? "cache the answers, or " : ""));
  }

  static Fix alreadyConcurrent(String orElse) {
    return new Fix(orElse + "leave it: they are sent concurrently already.")
        .more("atalaya.ignore.fingerprints silences it.");
  }

  private static String bulk(Operation operation) {
    return "Ask for all of them in one request, if there is a bulk endpoint beside "
        + path(operation.text)
        + "; without one, ";
  }

  private static boolean reads(Operation operation) {
    return operation.verb.equals("GET") || operation.verb.equals("HEAD");
  }

  /** {@code /stock/{}} of {@code GET http://host:80/stock/{}?size}. */
  private static String path(String text) {
    int scheme = text.indexOf("://");
    int slash = scheme < 0 ? -1 : text.indexOf('/', scheme + 3);
    if (slash < 0) return text;
    int query = text.indexOf('?', slash);
    return query < 0 ? text.substring(slash) : text.substring(slash, query);
  }
}
