package dev.atalaya.agent.detect;

import dev.atalaya.agent.config.Option;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.HttpExchange;
import dev.atalaya.agent.trace.OperationFamily;

/** Outgoing requests: whatever they do, each waits for another service. */
final class HttpRules extends FamilyRules {
  static Operation operation(HttpExchange http) {
    String text = http.operation();
    boolean reads = http.method.equals("GET") || http.method.equals("HEAD");
    SqlText.Kind effect = reads ? SqlText.Kind.READ : SqlText.Kind.WRITE;
    return new Operation(OperationFamily.HTTP, "http", text, text, http.method, null, effect, null);
  }

  @Override
  Option<Integer> threshold(boolean request, boolean writes) {
    return request ? Options.N_PLUS_ONE_HTTP : Options.N_PLUS_ONE_JOB_HTTP;
  }

  @Override
  Kind repeated(OperationSummary s) {
    return Kind.N_PLUS_ONE_HTTP;
  }

  @Override
  Fix suggest(Subject subject) {
    return HttpSuggestion.of(subject);
  }
}
