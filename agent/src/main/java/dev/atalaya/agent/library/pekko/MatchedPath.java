package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the matchers of a request's routes have found in its path: {@code /orders/*} for {@code
 * path("orders" / Segment)}. What else than a literal has matched has no name to be told by.
 *
 * <p>Routes are tried in turn, each from a place in the path that is known by how many characters
 * follow it. So a literal takes the place of all that an earlier route found there and behind it.
 */
final class MatchedPath {
  private static final Getter CHARACTERS = new Getter("charCount");
  private static final Getter REST = new Getter("pathRest");

  private final List<Literal> literals = new ArrayList<>(8);
  private int unmatched = Integer.MAX_VALUE;
  private boolean told;

  MatchedPath() {}

  /** That of the request that this thread is at; null for none. */
  static @Nullable MatchedPath current(Recorder recorder) {
    Request request = recorder.current();
    Span root = request == null ? null : request.root();
    if (root == null || root.kind() != Span.Kind.SERVER) return null;
    Object known = States.get(root);
    if (known instanceof MatchedPath) return (MatchedPath) known;
    MatchedPath path = new MatchedPath();
    States.put(root, path);
    return path;
  }

  /** The answer to this thread's request is there: what matched last has given it. */
  static void answeredByNow(Recorder recorder) {
    Request request = recorder.current();
    Object known = request == null ? null : States.get(request.root());
    if (known instanceof MatchedPath) ((MatchedPath) known).answered(recorder);
  }

  static int characters(@Nullable Object path) {
    return CHARACTERS.number(path);
  }

  /** What of the path a matcher has left; null where it has not matched. */
  static @Nullable Object rest(@Nullable Object matching) {
    return REST.of(matching);
  }

  /** A literal was found at the beginning of {@code path}. */
  void found(Object literal, @Nullable Object path, Object rest) {
    int from = characters(path);
    forget(from);
    literals.add(new Literal(from, characters(rest), literal.toString()));
  }

  /** What was found from there on is no part of the template. */
  void forget(int from) {
    for (int i = literals.size() - 1; i >= 0 && literals.get(i).from <= from; i--) {
      literals.remove(i);
    }
  }

  /** A route has matched all but so many characters. */
  void matched(int rest) {
    unmatched = rest;
  }

  /** What answers has matched all but so many characters; the first that answers counts. */
  void answered(Recorder recorder, int rest) {
    if (told) return;
    told = true;
    String template = template(rest);
    if (!template.isEmpty()) recorder.route(template);
  }

  /** What matched last answers, as far as is known. */
  void answered(Recorder recorder) {
    answered(recorder, unmatched);
  }

  String template(int rest) {
    StringBuilder template = new StringBuilder();
    int matched = rest;
    for (Literal literal : literals) {
      if (literal.from <= rest) break;
      if (template.length() > 0 && literal.from < matched) template.append('*');
      template.append(literal.text);
      matched = literal.rest;
    }
    if (template.length() == 0) return "";
    if (matched > rest) template.append('*');
    boolean inSegment = template.charAt(template.length() - 1) != '/';
    if (rest > 0) template.append(inSegment ? "/*" : "*");
    return template.toString();
  }

  private static final class Literal {
    /** How many characters followed where it began, and where it ended. */
    final int from;

    final int rest;
    final String text;

    Literal(int from, int rest, String text) {
      this.from = from;
      this.rest = rest;
      this.text = text;
    }
  }
}
