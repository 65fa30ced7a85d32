package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/** What the first line of a request asks for: {@code /orders?size=2}. */
public final class RequestTarget {
  private final String target;
  private final int question;

  public RequestTarget(String target) {
    this.target = target;
    this.question = target.indexOf('?');
  }

  /** A request to a proxy names its server, too. */
  public String path() {
    String path = question < 0 ? target : target.substring(0, question);
    int server = path.startsWith("/") ? -1 : path.indexOf("://");
    if (server < 0) return path;
    int slash = path.indexOf('/', server + 3);
    return slash < 0 ? "/" : path.substring(slash);
  }

  public @Nullable String query() {
    return question < 0 ? null : target.substring(question + 1);
  }
}
