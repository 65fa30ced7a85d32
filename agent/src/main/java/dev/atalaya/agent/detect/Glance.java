package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Scope;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Tally;
import dev.atalaya.agent.trace.Template;
import java.util.function.Consumer;

/**
 * Tells from counts and times alone that nothing in a unit of work can be found or counted: that is
 * most of them, which cost nothing more here.
 */
final class Glance {
  private final Rules rules;
  private final Consumer<Tally> look = this::look;
  private int operations;
  private boolean suspicious;

  Glance(Rules rules) {
    this.rules = rules;
  }

  boolean isPlain(Request request, Scope scope) {
    if (request.slow() != null || request.isFailed() || scope.judgement != null) return false;
    if (scope.kind() == Request.Kind.IMPLICIT) return true;
    Span root = request.root();
    if (root == null || root.endNanos() == 0) return false;
    if (root.durationNanos() >= rules.leastSlowRequest()) return false;
    operations = 0;
    suspicious = scope.beyond() > 0;
    scope.visit(look);
    return !suspicious && operations <= WorkAnalyzer.CHATTY;
  }

  private void look(Tally tally) {
    int count = tally.count();
    operations += count;
    if (count >= rules.leastRepeats()) suspicious = true;
    Template template = tally.first().template();
    if (template != null && (template.ignored || Traits.of(template).housekeeping)) {
      suspicious = true;
    }
  }
}
