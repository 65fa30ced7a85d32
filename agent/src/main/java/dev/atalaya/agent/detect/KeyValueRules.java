package dev.atalaya.agent.detect;

import dev.atalaya.agent.config.Option;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.Purpose;
import dev.atalaya.agent.trace.Template;
import org.jspecify.annotations.Nullable;

/** Commands on keys: what counts is the command with its key, and whether something was there. */
final class KeyValueRules extends FamilyRules {
  @Override
  Option<Integer> threshold(boolean request, boolean writes) {
    return request ? Options.N_PLUS_ONE_REDIS : Options.N_PLUS_ONE_JOB_REDIS;
  }

  @Override
  @Nullable Kind repeated(OperationSummary s) {
    if (s.operation.isWrite()) return Kind.N_PLUS_ONE_WRITE;
    return s.operation.effect == SqlText.Kind.READ ? Kind.N_PLUS_ONE_CACHE : null;
  }

  @Override
  String sentTogether() {
    return "in a pipeline";
  }

  @Override
  Fix suggest(Subject subject) {
    return KeyValueSuggestion.of(subject);
  }

  @Override
  void read(Template template, Traits into) {
    super.read(template, into);
    String text = String.valueOf(template.text).trim();
    into.housekeeping = template.purpose == Purpose.HOUSEKEEPING;
    into.queue = template.purpose == Purpose.WAITING;
    into.point = text.indexOf(' ') > 0;
  }

  /** They say how many milliseconds would be saved, which differ each time. */
  @Override
  boolean saysTheSame() {
    return false;
  }

  /** A command with its key. */
  @Override
  String brief(Operation operation) {
    return operation.text;
  }

  /** Of many keys at once it is not known how many were asked for. */
  @Override
  double hitRatio(OperationSummary s) {
    return s.rows >= 0 && !s.statistics.isSource() ? Math.min(1, (double) s.rows / s.count) : -1;
  }
}
