package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The spans of one trace in the order of their start. */
public record Trace(List<Span> spans) {
  public Trace {
    spans = spans.stream().sorted(Comparator.comparingLong(Span::start)).toList();
  }

  /** The only server span. */
  public Span server() {
    List<Span> servers = where(span -> span.kind() == Span.Kind.SERVER);
    assertEquals(1, servers.size(), () -> "server spans in " + this);
    return servers.get(0);
  }

  public List<Span> database() {
    return where(Span::isDatabase);
  }

  public List<Span> children(Span parent) {
    return where(span -> span.parentId().equals(parent.spanId()));
  }

  public List<Span> where(Predicate<Span> condition) {
    return spans.stream().filter(condition).toList();
  }

  public List<String> names() {
    return spans.stream().map(Span::name).toList();
  }

  public Span named(String name) {
    List<Span> found = where(span -> span.name().equals(name));
    assertEquals(1, found.size(), () -> "spans named " + name + " in " + this);
    return found.get(0);
  }

  /** An outgoing request may be named as the one that it becomes on the other side. */
  public Span served(String name) {
    List<Span> found = where(span -> span.kind() == Span.Kind.SERVER && span.name().equals(name));
    assertEquals(1, found.size(), () -> "requests named " + name + " in " + this);
    return found.get(0);
  }

  /** Each database span is a child of the server span and lies within its time. */
  public Trace assertCallsInsideServer() {
    Span server = server();
    for (Span span : database()) {
      assertEquals(server.spanId(), span.parentId(), () -> "parent of " + span);
      assertTrue(span.within(server), () -> span + " outside of " + server);
    }
    return this;
  }

  @Override
  public String toString() {
    return spans.stream()
        .map(
            span ->
                "\n  "
                    + span.kind()
                    + " "
                    + span.name()
                    + " "
                    + span.spanId()
                    + "<-"
                    + span.parentId()
                    + (span.error() ? " ERROR " : " ")
                    + span.attributes())
        .collect(Collectors.joining());
  }
}
