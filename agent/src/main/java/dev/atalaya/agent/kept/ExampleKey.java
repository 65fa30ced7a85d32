package dev.atalaya.agent.kept;

import dev.atalaya.agent.detect.Occurrence;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import java.util.List;

/** What a request is an example of: its name, how it failed, and what was found in it. */
final class ExampleKey {
  private ExampleKey() {}

  /** A hash, made of hashes that are known: most requests are asked for it, and not kept. */
  static long of(Request request, Span root) {
    long hash = root.name().hashCode();
    Failure failure = root.failure();
    if (failure != null) hash = 31 * hash + failure.type.hashCode();
    if (!(request.findings instanceof List)) return hash;
    List<?> found = (List<?>) request.findings;
    for (int i = 0; i < found.size(); i++) {
      Object one = found.get(i);
      if (one instanceof Occurrence) hash = 31 * hash + ((Occurrence) one).fingerprint().hashCode();
    }
    return hash;
  }
}
