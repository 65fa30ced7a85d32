package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.OperationStatistics;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import dev.atalaya.agent.trace.UnitOfWork;
import java.util.function.Consumer;

/**
 * Tells from counts and times alone that nothing in a unit of work can be found or counted: that is
 * most of them, which cost nothing more here.
 */
final class Glance {
  private final Rules rules;
  private final Consumer<OperationStatistics> look = this::look;
  private int operations;
  private boolean suspicious;

  Glance(Rules rules) {
    this.rules = rules;
  }

  boolean isPlain(Request request, UnitOfWork unit) {
    if (request.slow() != null || request.isFailed() || unit.progress != null) return false;
    if (unit.kind() == Request.Kind.IMPLICIT) return true;
    Span root = request.root();
    if (root == null || root.endNanos() == 0) return false;
    if (root.durationNanos() >= rules.leastSlowRequest()) return false;
    operations = 0;
    suspicious = unit.beyond() > 0;
    unit.visit(look);
    return !suspicious && operations <= WorkAnalyzer.CHATTY;
  }

  private void look(OperationStatistics statistics) {
    int count = statistics.count();
    operations += count;
    if (count >= rules.leastRepeats()) suspicious = true;
    Template template = statistics.first().template();
    if (template != null && (template.ignored || Families.traits(template).housekeeping)) {
      suspicious = true;
    }
  }
}
